"""The register filled from a table, and two sheets that become one: shown first, nothing lost, taken back."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.core.test_register_rows import MEMBERS
from tissage.network.models import (
    Collective,
    CollectiveMembership,
    Identifier,
    NotTheSame,
    Organization,
    OrganizationMerge,
    Person,
    Place,
    Presence,
)
from tissage.network.operations.collectives import create_collective, join_collective
from tissage.network.operations.merges import MergeRefused, hanging, keep_apart, merge_organizations, split_organizations
from tissage.network.operations.organizations import add_person, create_organization
from tissage.network.operations.register_import import RegisterRefused, apply_register, read_register
from tissage.network.queries.duplicates import pairs_of

pytestmark = pytest.mark.django_db
TABLE = ("Nom\n" + "\n".join(MEMBERS)).encode()


@pytest.fixture
def named(territory, erin, now):
    def make(name, **details):
        return create_organization(territory=territory, name=name, by=erin, now=now, **details)

    return make


def test_nineteen_lines_are_shown_as_eighteen_and_nothing_is_written_before_the_button(territory, erin, as_user, named):
    cpas = named("CPAS de Mons", kind="cpas")
    client = as_user(erin)
    url = reverse("network:import_organizations", args=[territory.slug])
    page = client.post(url, {"file": SimpleUploadedFile("membres.csv", TABLE)})
    reading = page.context["reading"]
    assert (len(reading.proposals), len(reading.new), len(reading.merges), len(reading.parented)) == (18, 18, 1, 2)
    assert list(Organization.objects.all()) == [cpas]
    carried = {"rows": page.context["rows"], "seen": reading.digest, "keep": [one.name for one in reading.parented]}
    client.post(url, carried)
    assert Organization.objects.count() == 19
    assert set(Organization.objects.filter(parent=cpas).values_list("kind", flat=True)) == {"cpas_service"}
    assert Organization.objects.filter(parent=cpas).count() == 2
    again = client.post(url, {"file": SimpleUploadedFile("membres.csv", TABLE)}).context["reading"]
    assert (len(again.unchanged), len(again.new)) == (18, 0)


def test_a_parent_read_in_a_name_is_left_out_when_it_is_refused(territory, erin, now):
    reading = read_register(territory=territory, file_name="m.csv", content=TABLE)
    assert reading.parents == ("CPAS Mons",)
    apply_register(territory=territory, reading=reading, by=erin, now=now, without_parent=[one.name for one in reading.parented])
    assert Organization.objects.filter(parent__isnull=False).count() == 0
    assert not Organization.objects.filter(name="CPAS Mons").exists()


def test_a_register_that_changed_since_it_was_shown_refuses_and_writes_nothing(territory, erin, now, named):
    reading = read_register(territory=territory, file_name="m.csv", content=b"Nom\nLa Ruche\nLe Relais\n")
    named("La Ruche")
    with pytest.raises(RegisterRefused):
        apply_register(territory=territory, reading=reading, by=erin, now=now)
    assert list(Organization.objects.values_list("name", flat=True)) == ["La Ruche"]


def test_a_spreadsheet_reads_as_a_csv_does(territory):
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate([["Nom", "Téléphone"], ["La Ruche", "065 00 00 00"], ["Le Relais", ""]]):
            sheet.write_row(line, 0, cells)
    reading = read_register(territory=territory, file_name="m.xlsx", content=stream.getvalue())
    assert [(one.name, one.lines) for one in reading.proposals] == [("La Ruche", (2,)), ("Le Relais", (3,))]


@pytest.mark.parametrize(
    ("name", "content"), [("m.exe", b"x"), ("m.csv", b""), ("m.xlsx", b"not a workbook"), ("m.csv", b"Rue;Ville\na;b\n")]
)
def test_a_file_that_holds_no_register_says_so_and_what_to_do(territory, erin, as_user, name, content):
    url = reverse("network:import_organizations", args=[territory.slug])
    page = as_user(erin).post(url, {"file": SimpleUploadedFile(name, content or b" ")})
    assert page.status_code == 200
    assert page.context["form"].errors["file"]
    assert not Organization.objects.exists()


def test_two_sheets_that_look_alike_are_proposed_until_somebody_says_they_are_two(territory, erin, now, named):
    first, second = named("Police Mons-Quévy"), named("La Police Mons Quévy")
    named("Plaza")
    assert [(left.pk, right.pk, why) for left, right, why in pairs_of(territory)] == [(first.pk, second.pk, "name")]
    keep_apart(first=second, second=first, by=erin, now=now)
    assert pairs_of(territory) == []
    assert NotTheSame.objects.count() == 1


def test_merging_moves_everything_of_every_table_and_splitting_brings_it_back(territory, erin, now, named):
    kept, gone = named("Tels Quels"), named("Tels Quels ASBL", phone="065 11 22 33")
    collective = create_collective(territory=territory, name="Collectif", kind=Collective.Kind.COLLECTIVE, by=erin, now=now)
    day = dt.date(2026, 1, 5)
    join_collective(collective=collective, organization=kept, since=dt.date(2026, 3, 1), role="member", by=erin, now=now)
    join_collective(collective=collective, organization=gone, since=day, role="member", by=erin, now=now)
    other = create_collective(territory=territory, name="Autre", kind=Collective.Kind.COLLECTIVE, by=erin, now=now)
    join_collective(collective=other, organization=gone, since=day, role="member", by=erin, now=now)
    person = add_person(organization=gone, display_name="Nadia", by=erin, now=now)
    Identifier.objects.create(organization=gone, value="0878502472")
    Place.objects.create(territory=territory, organization=gone, name="Siège", street="rue Haute 1")
    uuid, pk = gone.uuid, gone.pk

    merge = merge_organizations(kept=kept, merged=gone, by=erin, now=now)
    kept.refresh_from_db()
    assert not Organization.objects.filter(pk=pk).exists()
    assert (kept.phone, kept.alternate_name) == ("065 11 22 33", "Tels Quels ASBL")
    assert Person.objects.get(pk=person.pk).organization == kept
    assert [(row.collective.name, row.since) for row in CollectiveMembership.objects.order_by("collective__name")] == [
        ("Autre", day),
        ("Collectif", day),
    ]
    assert merge.merged_uuid == uuid
    assert all(not one.model._base_manager.filter(**{f"{one.column}_id": pk}).exists() for one in hanging())

    back = split_organizations(merge=merge, by=erin, now=now)
    kept.refresh_from_db()
    assert (back.pk, back.uuid, back.phone, kept.phone, kept.alternate_name) == (pk, uuid, "065 11 22 33", "", "")
    assert Person.objects.get(pk=person.pk).organization == back
    assert back.identifiers.get().value == "0878502472"
    assert CollectiveMembership.objects.filter(organization=back).count() == 2
    assert not OrganizationMerge.objects.exists()


def test_two_numbers_are_two_organisations_and_nothing_moves(territory, erin, now, named):
    kept, gone = named("A", enterprise_number="0878502472"), named("B", enterprise_number="0403101811")
    add_person(organization=gone, display_name="Nadia", by=erin, now=now)
    with pytest.raises(MergeRefused, match="0403101811"):
        merge_organizations(kept=kept, merged=gone, by=erin, now=now)
    assert Organization.objects.count() == 2
    assert Person.objects.get().organization == gone


def test_the_fuller_presence_stays(territory, erin, now, named):
    from tissage.network.operations.meetings import plan_meeting

    kept, gone = named("A"), named("B")
    collective = create_collective(territory=territory, name="Collectif", kind=Collective.Kind.COLLECTIVE, by=erin, now=now)
    meeting = plan_meeting(collective=collective, title="", starts_at=now, by=erin, now=now)
    Presence.objects.filter(meeting=meeting).delete()
    Presence.objects.create(meeting=meeting, organization=kept)
    Presence.objects.create(meeting=meeting, organization=gone, state="present")
    merge_organizations(kept=kept, merged=gone, by=erin, now=now)
    assert [(row.organization, row.state) for row in Presence.objects.all()] == [(kept, "present")]


def test_pages_of_the_register_are_for_those_who_keep_it(territory, as_user, named, erin, paul, alice, bob, petra, carl, dora):
    first, second = named("La Ruche"), named("Ruche ASBL")
    url = reverse("network:merge_organizations", args=[territory.slug, first.pk]) + f"?autre={second.pk}"
    pages = [url, *(reverse(f"network:{name}", args=[territory.slug]) for name in ("import_organizations", "duplicates"))]
    for user, status in ((erin, 200), (paul, 200), (alice, 404), (bob, 404), (petra, 404), (carl, 404), (dora, 404)):
        assert {as_user(user).get(page).status_code for page in pages} == {status}, user
    assert as_user(erin).post(url).status_code == 302
    assert Organization.objects.filter(name__contains="uche").count() == 1
