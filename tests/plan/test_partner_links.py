"""The link of a partner: opened, filled in, closed, renewed towards the known address; nothing of anybody else behind it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.conftest import NOW
from tests.plan.counting import YEAR, make_counting, manager_of
from tissage.core.tokens import hash_token
from tissage.network.models import Document
from tissage.people.models import Entry
from tissage.plan.models import ActionYear, Observation, PartnerLink
from tissage.plan.operations.figures import approve_figure, return_figure, submit_figures, write_account, write_figure
from tissage.plan.operations.partner_links import LinksRefused, open_partner_links, remind_partner, revoke_partner_link
from tissage.plan.queries.partner_links import partners_of_year

pytestmark = pytest.mark.django_db
DEADLINE = dt.date(2026, 12, 15)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def counting(territory):
    return make_counting(territory, NOW)


@pytest.fixture
def malika(territory):
    return manager_of(territory, NOW)


@pytest.fixture(autouse=True)
def at_time(monkeypatch):
    """The clock of the pages stands at NOW; `at_time(days=60)` moves it on."""

    def move(**later: int) -> dt.datetime:
        moment = NOW + dt.timedelta(**later)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return moment

    move()
    return move


@pytest.fixture
def tokens(counting, malika, mailoutbox, django_capture_on_commit_callbacks):
    """The secrets sent to Oxyjeune and to La Picardie, as their mails hold them."""
    with django_capture_on_commit_callbacks(execute=True):
        open_partner_links(
            plan=counting.plan, year=YEAR, deadline=DEADLINE, partners=partners_of_year(counting.plan, YEAR), by=malika, now=NOW
        )
    found = {mail.to[0]: token_in(mail.body) for mail in mailoutbox}
    assert set(found) == {"oxyjeune@example.org", "picardie@example.org"}
    return found["oxyjeune@example.org"], found["picardie@example.org"]


def token_in(body: str) -> str:
    return re.search(r"/partenaire/([\w-]+)/", body)[1]


def at(token: str, *rest: str) -> str:
    return "/" + "/".join(("partenaire", token, *rest)) + "/"


def same(answer) -> str:
    """What an answer says, but for the token of its forms, drawn anew each time."""
    return re.sub(r'"X-CSRFToken": "\w+"', "", answer.content.decode())


def page(token: str, *rest: str) -> str:
    return Client().get(at(token, *rest)).content.decode()


def test_only_the_hash_of_a_secret_of_256_bits_is_kept(tokens):
    for token in tokens:
        assert len(token) >= 43
        kept = [str(value) for link in PartnerLink.objects.values_list() for value in link]
        assert token not in " ".join(kept)
        assert hash_token(token) in kept


def test_opening_the_link_does_nothing_and_asks_no_account(tokens, counting):
    before = Entry.objects.count()
    answer = Client().get(at(tokens[0]))
    assert answer.status_code == 200
    assert Client().get(at(tokens[0], "remettre")).status_code == 200
    assert (Entry.objects.count(), Observation.objects.filter(year=YEAR).count()) == (before, 0)
    assert PartnerLink.objects.filter(submitted_at__isnull=False).count() == 0
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "private, no-store")
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_the_page_shows_last_year_the_target_and_how_it_is_counted(tokens):
    said = page(tokens[0])
    for words in ("École de devoirs", "Enfants accueillis", "enfants", "Listes de présence", "15 décembre 2026"):
        assert words in said
    assert re.search(r"<dt>2025</dt><dd>31</dd>", said)
    assert re.search(r"<dt>Cible</dt><dd>40</dd>", said)
    assert "Nuitées" not in said


def test_a_plain_button_keeps_everything_that_can_be_read_and_loses_nothing(tokens, counting):
    pupils, hours = counting.pupils.pk, counting.hours.pk
    sent = {
        f"valeur-{pupils}": "1 250,5",
        f"compte-{pupils}": "listes",
        f"phrase-{pupils}": "Deux groupes de plus.",
        f"valeur-{hours}": "une centaine",
        f"bilan-{counting.school.pk}-done": "Quatre groupes.",
    }
    answer = Client().post(at(tokens[0], "enregistrer"), sent)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "« une centaine » n’est pas un nombre" in said
    assert 'value="une centaine"' in said
    kept = Observation.objects.get(indicator=counting.pupils, year=YEAR)
    assert (float(kept.value), kept.how_counted, kept.sentence, kept.via_link, kept.typed_by) == (
        1250.5,
        "listes",
        "Deux groupes de plus.",
        True,
        None,
    )
    assert ActionYear.objects.get().done == "Quatre groupes."
    assert not Observation.objects.filter(indicator=counting.hours).exists()


def test_one_field_is_saved_as_typed_and_says_so(tokens, counting):
    key = str(counting.pupils.pk)
    answer = Client().post(at(tokens[0], "enregistrer"), {"element": key, f"valeur-{key}": "34"}, headers=HTMX)
    assert answer.status_code == 200
    assert "Enregistré le 22 novembre" in answer.content.decode()
    refused = Client().post(at(tokens[0], "enregistrer"), {"element": key, f"valeur-{key}": "34", f"inconnu-{key}": "on"}, headers=HTMX)
    assert "gardez l’un des deux" in refused.content.decode()
    assert Observation.objects.get(indicator=counting.pupils, year=YEAR).value == 34


def test_i_do_not_know_is_no_zero(tokens, counting):
    pupils, hours = counting.pupils.pk, counting.hours.pk
    sent = {f"valeur-{pupils}": "0", f"valeur-{hours}": "", f"inconnu-{hours}": "on"}
    assert Client().post(at(tokens[0], "enregistrer"), sent).status_code == 302
    kept = {one.indicator_id: (one.value, one.is_unknown) for one in Observation.objects.filter(year=YEAR)}
    assert kept == {pupils: (0, False), hours: (None, True)}


def test_handing_in_says_first_what_is_missing_and_then_changes_no_more(tokens, counting):
    client = Client()
    key = counting.pupils.pk
    client.post(at(tokens[0], "enregistrer"), {f"valeur-{key}": "34", "puis": "remettre"})
    summary = page(tokens[0], "remettre")
    assert "Un chiffre est sans réponse" in summary
    assert "Heures d’accueil" in summary
    assert client.post(at(tokens[0], "remettre")).status_code == 302
    assert {one.state for one in Observation.objects.filter(year=YEAR)} == {"submitted"}
    client.post(at(tokens[0], "enregistrer"), {f"valeur-{key}": "99"})
    assert Observation.objects.get(indicator=key, year=YEAR).value == 34
    assert "Tout est remis, merci" in page(tokens[0])


def test_what_is_returned_opens_alone_again_with_its_comment_even_past_the_deadline(tokens, counting, malika, at_time):
    client = Client()
    pupils, hours = counting.pupils.pk, counting.hours.pk
    client.post(at(tokens[0], "enregistrer"), {f"valeur-{pupils}": "34", f"valeur-{hours}": "900"})
    client.post(at(tokens[0], "remettre"))
    figure = Observation.objects.get(indicator=pupils, year=YEAR)
    later = at_time(days=60)
    assert client.get(at(tokens[0])).status_code == 410
    return_figure(figure=figure, comment="Avec ou sans l’été ?", by=malika, now=later)
    said = page(tokens[0])
    assert "Avec ou sans l’été ?" in said
    assert f'name="valeur-{pupils}"' in said
    assert f'name="valeur-{hours}"' not in said
    client.post(at(tokens[0], "enregistrer"), {f"valeur-{pupils}": "38", f"valeur-{hours}": "1"})
    client.post(at(tokens[0], "remettre"))
    assert {one.indicator_id: (one.value, one.state) for one in Observation.objects.filter(year=YEAR)} == {
        pupils: (38, "submitted"),
        hours: (900, "submitted"),
    }
    assert client.get(at(tokens[0])).status_code == 410


def test_a_link_shows_nothing_of_another_partner(tokens, counting, malika):
    """What La Picardie wrote, joined, was told; what the team counted: none of it behind Oxyjeune's link, whatever is asked."""
    did = {"by": malika, "now": NOW}
    write_figure(indicator=counting.families, year=YEAR, value=987654, how_counted="canari compte", sentence="canari phrase", **did)
    write_account(action=counting.school, year=YEAR, organization=counting.theirs, texts={"done": "canari bilan"}, **did)
    write_account(action=counting.school, year=YEAR, organization=None, texts={"done": "canari équipe"}, **did)
    theirs = str(counting.families.pk)
    Client().post(at(tokens[1], "enregistrer"), {f"piece-{theirs}": SimpleUploadedFile("canari.pdf", PDF), f"valeur-{theirs}": "987654"})
    document = Document.objects.get()
    assert "987654" in page(tokens[1])
    assert "canari.pdf" in page(tokens[1])
    client = Client()
    answers = [client.get(at(tokens[0])), client.get(at(tokens[0], "remettre"))]
    answers.append(client.get(at(tokens[0], "pieces", str(document.uuid))))
    answers.append(client.post(at(tokens[0], "enregistrer"), {"element": theirs, f"valeur-{theirs}": "1"}, headers=HTMX))
    answers.append(client.post(at(tokens[0], "enregistrer"), {f"valeur-{theirs}": "1", "retirer": str(document.uuid)}))
    assert [answer.status_code for answer in answers] == [200, 200, 404, 404, 302]
    said = " ".join(answer.content.decode() for answer in answers)
    assert [word for word in ("987", "canari", "Familles", "Picardie", "Malika", "Nuitées", "picardie@") if word in said] == []
    assert Observation.objects.get(indicator=counting.families, year=YEAR).value == 987654
    assert Document.objects.count() == 1
    assert client.get(at(tokens[1], "pieces", str(document.uuid))).content == PDF


def test_proofs_are_checked_by_content_and_stay_once_handed_in(tokens, counting):
    client, key = Client(), str(counting.pupils.pk)
    false = SimpleUploadedFile("liste.pdf", b"<html><script>alert(1)</script>", content_type="application/pdf")
    answer = client.post(at(tokens[0], "enregistrer"), {"element": key, f"piece-{key}": false}, headers=HTMX)
    assert 'role="alert"' in answer.content.decode()
    assert Document.objects.count() == 0
    heavy = SimpleUploadedFile("liste.pdf", PDF + b"0" * (10 * 1024 * 1024))
    answer = client.post(at(tokens[0], "enregistrer"), {"element": key, f"piece-{key}": heavy}, headers=HTMX)
    assert "10 Mo" in answer.content.decode()
    client.post(at(tokens[0], "enregistrer"), {"element": key, f"piece-{key}": SimpleUploadedFile("liste.pdf", PDF)}, headers=HTMX)
    first = Document.objects.get()
    given = client.get(at(tokens[0], "pieces", str(first.uuid)))
    assert given.headers["Content-Disposition"].startswith("attachment")
    client.post(at(tokens[0], "enregistrer"), {"element": key, "retirer": str(first.uuid)}, headers=HTMX)
    assert Document.objects.count() == 0
    client.post(at(tokens[0], "enregistrer"), {"element": key, f"piece-{key}": SimpleUploadedFile("liste.pdf", PDF)}, headers=HTMX)
    client.post(at(tokens[0], "remettre"))
    second = Document.objects.get()
    client.post(at(tokens[0], "enregistrer"), {"element": key, "retirer": str(second.uuid)}, headers=HTMX)
    client.post(at(tokens[0], "enregistrer"), {"element": key, f"piece-{key}": SimpleUploadedFile("autre.pdf", PDF)}, headers=HTMX)
    assert list(Document.objects.all()) == [second]


def test_a_closed_link_asks_for_a_new_one_sent_to_the_known_address_alone(
    tokens, counting, at_time, mailoutbox, django_capture_on_commit_callbacks
):
    mailoutbox.clear()
    at_time(days=60)
    closed = Client().get(at(tokens[0]))
    assert closed.status_code == 410
    assert "Ce lien est fermé" in closed.content.decode()
    assert "oxyjeune@example.org" not in closed.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        known = Client().post(at(tokens[0], "nouveau-lien"), {"email": "ailleurs@example.org"})
        unknown = Client().post(at("inconnu", "nouveau-lien"))
    assert (known.status_code, same(known)) == (unknown.status_code, same(unknown))
    assert [mail.to for mail in mailoutbox] == [["oxyjeune@example.org"]]
    fresh = token_in(mailoutbox[0].body)
    assert Client().get(at(fresh)).status_code == 200
    assert "plus récent l’a remplacé" in page(tokens[0])
    assert Entry.objects.filter(verb="plan.renew_partner_link", actor__isnull=True).count() == 1


def test_new_links_are_limited_by_link_and_by_address(tokens, mailoutbox, django_capture_on_commit_callbacks):
    mailoutbox.clear()
    token, answers = tokens[0], set()
    with django_capture_on_commit_callbacks(execute=True):
        for _again in range(6):
            answers.add(same(Client().post(at(token, "nouveau-lien"))))
            held = PartnerLink.objects.get(email="oxyjeune@example.org")
            held.previous_hash = hash_token(token)
            held.save()
    assert (len(mailoutbox), len(answers)) == (3, 1)
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(30):
            Client().post(at(f"essai-{number}", "nouveau-lien"), REMOTE_ADDR="192.0.2.7")
        Client().post(at(tokens[1], "nouveau-lien"), REMOTE_ADDR="192.0.2.7")
    assert len(mailoutbox) == 3


def test_a_revoked_link_opens_and_renews_no_more(tokens, malika, mailoutbox, django_capture_on_commit_callbacks):
    revoke_partner_link(link=PartnerLink.objects.get(email="oxyjeune@example.org"), by=malika, now=NOW)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        Client().post(at(tokens[0], "nouveau-lien"))
    assert mailoutbox == []
    assert "L’équipe du plan l’a fermé" in page(tokens[0])
    assert Client().get(at(tokens[1])).status_code == 200


def test_a_reminder_leaves_at_most_once_a_day_with_all_of_it(tokens, malika, mailoutbox, django_capture_on_commit_callbacks):
    link = PartnerLink.objects.get(email="oxyjeune@example.org")
    with pytest.raises(LinksRefused, match="déjà reçu un message aujourd’hui"):
        remind_partner(link=link, by=malika, now=NOW)
    mailoutbox.clear()
    tomorrow = NOW + dt.timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        remind_partner(link=link, by=malika, now=tomorrow)
    assert [mail.to for mail in mailoutbox] == [["oxyjeune@example.org"]]
    with pytest.raises(LinksRefused):
        remind_partner(link=link, by=malika, now=tomorrow + dt.timedelta(hours=2))


def test_no_log_keeps_the_secret_of_a_link(tokens, at_time, caplog, capfd):
    assert Client().get(at(tokens[0], "pieces", "6f8b0f8e-5d0c-4a3e-9a44-000000000000")).status_code == 404
    at_time(days=60)
    assert Client().get(at(tokens[0])).status_code == 410
    printed = capfd.readouterr()
    assert tokens[0] not in caplog.text + printed.out + printed.err


def test_who_has_no_address_gets_no_link_and_nobody_gets_two(counting, malika, tokens):
    counting.theirs.email = ""
    counting.theirs.save()
    PartnerLink.objects.filter(organization=counting.theirs).delete()
    with pytest.raises(LinksRefused, match="Aucun lien à ouvrir"):
        open_partner_links(
            plan=counting.plan, year=YEAR, deadline=DEADLINE, partners=partners_of_year(counting.plan, YEAR), by=malika, now=NOW
        )
    with pytest.raises(LinksRefused, match="déjà passé"):
        open_partner_links(plan=counting.plan, year=YEAR, deadline=dt.date(2026, 1, 1), partners=[], by=malika, now=NOW)


def test_the_journal_of_a_link_has_counts_and_no_person_and_no_figure(tokens, counting):
    key = counting.pupils.pk
    Client().post(at(tokens[0], "enregistrer"), {f"valeur-{key}": "987654", f"phrase-{key}": "canari"})
    Client().post(at(tokens[0], "remettre"))
    lines = list(
        Entry.objects.filter(verb__startswith="plan.receive").order_by("pk").values_list("verb", "actor", "object_label", "numbers")
    )
    assert lines == [
        ("plan.receive_figures", None, "Oxyjeune", {"figures": 1}),
        ("plan.receive_submission", None, "Oxyjeune", {"figures": 2, "accounts": 1}),
    ]


def test_an_approved_figure_stays_as_it_is_behind_the_link(tokens, counting, malika):
    key = counting.pupils.pk
    Client().post(at(tokens[0], "enregistrer"), {f"valeur-{key}": "34"})
    submit_figures(plan=counting.plan, year=YEAR, organization=counting.ours, by=malika, now=NOW)
    approve_figure(figure=Observation.objects.get(indicator=key, year=YEAR), by=malika, now=NOW)
    Client().post(at(tokens[0], "enregistrer"), {f"valeur-{key}": "99"})
    assert Observation.objects.get(indicator=key, year=YEAR).value == 34
    assert "approuvé" in page(tokens[0])
