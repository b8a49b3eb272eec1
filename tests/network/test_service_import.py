"""Services read from a table: shown first, drafts only, repeatable, every fault with its line, its value and what to do."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tissage.network.models import FieldChange, Service
from tissage.network.operations.organizations import create_organization

pytestmark = pytest.mark.django_db
TABLE = (
    "Organisation;Service;Thèmes;Publics;Langues;Téléphone;Prix;Mystère\n"
    "La Ruche asbl;Écoute;sante;Tous publics;fr|ar;065 00 00 00;gratuit;x\n"
    "La Ruche;Café des parents;;;;;;\n"
)


@pytest.fixture
def house(territory, erin, now):
    return create_organization(territory=territory, name="La Ruche", by=erin, now=now)


def sent(client, territory, text, name="services.csv"):
    return client.post(reverse("network:import_services", args=[territory.slug]), {"file": SimpleUploadedFile(name, text.encode())})


def test_a_table_makes_drafts_after_it_was_shown_and_changes_nothing_when_read_again(territory, house, erin, as_user):
    client = as_user(erin)
    page = sent(client, territory, TABLE)
    reading = page.context["reading"]
    assert [(one.row.name, one.is_new) for one in reading.proposals] == [("Écoute", True), ("Café des parents", True)]
    assert reading.unknown_columns == ("Mystère",)
    assert not Service.objects.exists()
    client.post(reverse("network:import_services", args=[territory.slug]), {"rows": page.context["rows"], "seen": reading.digest})
    made = Service.objects.get(name="Écoute")
    assert (made.publication, made.fee, made.contacts.get().phone) == ("draft", "free", "065 00 00 00")
    assert set(made.terms.values_list("kind", "code")) == {
        ("theme", "sante"),
        ("audience", "tous-publics"),
        ("language", "fr"),
        ("language", "ar"),
    }
    assert sent(client, territory, TABLE).context["nothing"]


def test_a_correction_is_shown_and_kept_in_the_history(territory, house, erin, as_user):
    client = as_user(erin)
    for text in (TABLE, TABLE.replace("gratuit", "payant").replace("065 00 00 00", "065 99 99 99")):
        page = sent(client, territory, text)
        carried = {"rows": page.context["rows"], "seen": page.context["reading"].digest}
        client.post(reverse("network:import_services", args=[territory.slug]), carried)
    made = Service.objects.get(name="Écoute")
    assert (made.fee, made.contacts.get().phone) == ("paid", "065 00 00 00")
    change = FieldChange.objects.get(service=made, field="fee")
    assert (change.old, change.new, change.origin) == ("free", "paid", "import")


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("Inconnue;Écoute;;;;;;", "organization"),
        ("La Ruche;;;;;;;", "name"),
        ("La Ruche;Écoute;licornes;;;;;", "theme"),
        ("La Ruche;Écoute;;;français;;;", "language"),
        ("La Ruche;Écoute;;;;;cher;", "fee"),
    ],
)
def test_a_line_that_cannot_be_read_says_where_and_is_left_out(territory, house, erin, as_user, line, column):
    page = sent(as_user(erin), territory, TABLE.splitlines()[0] + "\n" + line + "\n")
    assert [(one.line, one.column) for one in page.context["reading"].problems] == [(2, column)]
    assert page.context["reading"].rows == ()


def test_rows_that_were_tampered_with_are_refused(territory, house, erin, as_user):
    client = as_user(erin)
    page = sent(client, territory, TABLE)
    client.post(
        reverse("network:import_services", args=[territory.slug]),
        {"rows": page.context["rows"] + "x", "seen": page.context["reading"].digest},
    )
    assert not Service.objects.exists()


def test_only_those_who_keep_the_network_import(territory, house, as_user, paul, alice, petra):
    url = reverse("network:import_services", args=[territory.slug])
    assert [as_user(user).get(url).status_code for user in (paul, alice, petra)] == [200, 404, 404]
