"""Whoever may not, cannot: by any address, by any method, in any session; and no request comes in by a side door."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.architecture.conftest import ROUTES, is_public
from tests.conftest import NOW
from tissage.people.models import Entry, Membership

OF_A_TERRITORY = [route for route in ROUTES if route.concerns_a_territory]
HERE = [route for route in ROUTES if not route.name.startswith(("account_", "mfa_"))]
NOT_THERE = (404, 405)


@pytest.fixture
def opened(world, address):
    """Names of the addresses of the territory that answer a POST of this client otherwise than « there is no such page »."""

    def ask(client: Client, method: str = "post") -> set[str]:
        found = set()
        for route in OF_A_TERRITORY:
            if getattr(client, method)(address(route, world)).status_code not in NOT_THERE:
                found.add(route.name)
        return found

    return ask


def test_who_reads_only_takes_files_away(opened, bob, as_user):
    """A reader's POSTs: files, which the journal records, and one's own calendar; what one may leave is one's own role."""
    before = Entry.objects.count()
    assert {name for name in opened(as_user(bob)) if name not in SEEN_BY_READERS} == set()
    acts = set(Entry.objects.order_by("pk")[before:].values_list("verb", flat=True))
    assert acts <= {
        "synthesis.export_synthesis", "synthesis.export_group_sheet", "plan.export_workbook", "plan.take_sheet", "reports.take_draft",
        "reports.take_report", "plan.draw_feed",
    }  # fmt: skip


# Pages that a reader sees and that ignore the method, files, and forms that anybody may send (empty here): none of them writes anything
# but the journal.
SEEN_BY_READERS = {
    "agenda:report",
    "directory:suggest",
    "directory:suggest_missing",
    "frameworks:territory_choice",
    "network:report_breach",
    "people:members",
    "plan:action_sheet",
    "plan:agreement",
    "plan:agreements",
    "plan:board",
    "plan:booking_import",
    "plan:booking_import_progress",
    "plan:booking_imports",
    "plan:bookings",
    "plan:calendar_feed",
    "plan:partner_sheet",
    "plan:split_rules",
    "plan:workbook",
    "plan:workbook_out",
    "reports:comment_adopted",
    "reports:download",
    "reports:reports",
    "reports:take",
    "reports:texts",
    "reports:year",
    "synthesis:compare",
    "synthesis:component",
    "synthesis:dimension",
    "synthesis:dimension_picture",
    "synthesis:group_sheet",
    "synthesis:live",
    "synthesis:live_download",
    "synthesis:live_picture",
    "synthesis:spread",
    "synthesis:statistics",
    "synthesis:statistics_picture",
    "synthesis:uncoded",
    "synthesis:version",
    "synthesis:version_component",
    "synthesis:version_dimension",
    "synthesis:version_dimension_picture",
    "synthesis:version_download",
    "synthesis:version_picture",
    "synthesis:version_spread",
    "synthesis:version_uncoded",
    "synthesis:versions",
    "voices:criteria",
    "voices:criterion",
    "voices:expressions",
    "voices:group",
    "voices:groups",
    "voices:questions",
    "voices:rainbow_result",
    "voices:rainbow_workshop",
    "voices:rainbows",
    "voices:territory",
    "voices:workshop",
}


def test_who_facilitates_neither_publishes_nor_manages_people(opened, alice, as_user):
    kept = {
        "people:invite", "people:settings", "people:journal", "people:export_journal", "people:change_role", "people:reset_second_factor",
        "people:resend_invitation", "people:revoke_invitation", "synthesis:publish", "synthesis:withdraw",
        "voices:add_question", "voices:edit_question", "voices:remove_question", "voices:reopen_workshop", "voices:reopen_rainbow_workshop", "frameworks:choose",
    }  # fmt: skip
    assert kept <= {route.name for route in OF_A_TERRITORY}
    assert opened(as_user(alice)) & kept == set()


def test_who_looks_after_the_installation_enters_no_territory(opened, charlie, as_user):
    charlie.administrator_since = NOW
    charlie.save()
    client = as_user(charlie)
    assert client.get("/referentiels/importer/").status_code == 200
    assert opened(client) | opened(client, "get") == set()


def test_an_ended_role_closes_open_sessions_at_once(opened, erin, as_user):
    client = as_user(erin)
    assert client.get("/territoires/sormont/").status_code == 200
    Membership.objects.filter(user=erin).update(ended_at=NOW)
    assert opened(client) | opened(client, "get") == set()


def test_a_closed_account_loses_its_open_sessions(world, address, erin, as_user):
    client = as_user(erin)
    assert client.get("/a-faire/").status_code == 200
    erin.is_active = False
    erin.save()
    answers = {client.get(address(route, world)).status_code for route in OF_A_TERRITORY if not is_public(route.name)}
    assert answers == {302}


def test_a_second_factor_is_asked_by_every_address_and_method(world, address, territory, erin, as_user):
    territory.two_factor_required = True
    territory.save()
    client = as_user(erin)
    open_ones = set()
    for route in OF_A_TERRITORY:
        for method in (client.get, client.post, client.head):
            for headers in ({}, {"HX-Request": "true"}):
                answer = method(address(route, world), headers=headers)
                if not (answer.status_code == 302 and answer.url.startswith("/deuxieme-facteur/")):
                    open_ones.add((route.name, answer.status_code))
    assert open_ones == set()
    for page in ("/a-faire/", "/recherche/?q=canari", "/recherche/?q=crit", "/recherche/?q=synth"):
        assert "/territoires/sormont/criteres/" not in (said := client.get(page).content.decode())
        assert "/territoires/sormont/groupes/" not in said
        assert "/territoires/sormont/syntheses/" not in said


# What a phone sends needs the token of that phone, in its body or in a cookie of that workshop's pages, and comes from our own pages:
# being signed in gives it nothing, and a cookie of ours would outlive the workshop (`voices/views/phones/holding.py`).
HELD_BY_THE_PHONES_OWN_TOKEN = {"phones:join", "phones:answer", "phones:next_person", "phones:send"}
# What a partner sends is held by the secret in the address: no cookie gives any right there either (`plan/views/partners.py`).
HELD_BY_A_PARTNERS_LINK = {"partners:save", "partners:submit", "partners:renew"}
# Nor to whoever reads by a link, and comments: the name on the comment is the link's, whoever is signed in (`reports/views/readers.py`).
HELD_BY_A_READERS_LINK = {"readers:comment"}
# Nor to an organisation that checks its services by the link of a mail (`network/views/reviews.py`).
HELD_BY_A_REVIEWS_LINK = {"reviews:confirm", "reviews:correct", "reviews:close", "reviews:take_back"}
# Nor to a partner of a campaign, nor to whoever has a place at a date: the secret, or the date itself (`agenda/views/places.py`).
HELD_BY_A_CAMPAIGNS_LINK = {f"proposals:{name}" for name in ("propose", "change", "add_date", "act", "renew", "report", "output_report")}
HELD_BY_A_PLACE = {"bookings:register", "bookings:act", "bookings:erase"}
# Nor to a passer-by who scans a poster, a list that answers before an election, a party that was assessed: nobody is signed in there.
HELD_BY_A_POSTER_OR_A_LETTER = {"opinions:answer", "replies:save", "replies:hand_in", "replies:assessment"}
# Programs of other sites read the directory without any cookie; whatever is not a reading is refused by its method (`network/views/hsds.py`).
ONLY_READ = {route.name for route in ROUTES if route.name.startswith("hsds:")}


def test_every_post_asks_for_its_token(world, address, erin):
    client = Client(enforce_csrf_checks=True)
    client.force_login(erin)
    taken = {route.name for route in ROUTES if client.post(address(route, world)).status_code != 403}
    by_a_link = HELD_BY_A_PARTNERS_LINK | HELD_BY_A_READERS_LINK | HELD_BY_A_REVIEWS_LINK | HELD_BY_A_CAMPAIGNS_LINK | HELD_BY_A_PLACE
    assert taken == HELD_BY_THE_PHONES_OWN_TOKEN | by_a_link | HELD_BY_A_POSTER_OR_A_LETTER | ONLY_READ


def test_a_phones_form_sent_from_another_site_is_refused(world, address):
    from tissage.voices.models import Expression

    before = Expression.objects.count()
    stranger = Client(headers={"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"})
    for route in ROUTES:
        if route.name in HELD_BY_THE_PHONES_OWN_TOKEN - {"phones:join"}:
            assert stranger.post(address(route, world), {"texte": "glissé là"}).status_code in (302, 400, 403)
    assert Expression.objects.count() == before


def test_every_answer_says_what_a_browser_may_do_with_it(world, address, erin, as_user):
    """Pages, files, refusals and absent pages: content policy, no framing, no sniffing, no referrer elsewhere, no indexing."""
    bare = set()
    for client in (as_user(erin), Client(), Client(enforce_csrf_checks=True)):
        for route in HERE:
            for method in (client.get, client.post):
                answer = method(address(route, world))
                headers = answer.headers
                policy = headers.get("Content-Security-Policy", "")
                if not (
                    "default-src 'none'" in policy
                    and "unsafe" not in policy
                    and headers.get("X-Frame-Options") == "DENY"
                    and headers.get("X-Content-Type-Options") == "nosniff"
                    and headers.get("Referrer-Policy") in ("same-origin", "no-referrer")
                    and "noindex" in headers.get("X-Robots-Tag", "")
                ):
                    bare.add((route.name, answer.status_code))
    assert bare == set()


def test_another_host_is_refused(db):
    for path in ("/", "/compte/login/", "/compte/password/reset/"):
        assert Client().get(path, headers={"host": "evil.example"}).status_code == 400


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "///evil.example",
    "javascript:alert(1)",
    "https:evil.example",
    "\t//evil.example",
]


@pytest.mark.parametrize("there", ELSEWHERE)
def test_no_way_back_leads_out_of_the_house(there, world, territory, erin, as_user):
    client = Client()
    answers = [client.post("/compte/login/", {"login": erin.email, "password": "une phrase de passe", "next": there})]
    assert answers[0].status_code == 302
    client = as_user(erin)
    answers.append(client.get("/compte/login/", {"next": there}))
    answers.append(client.post("/langue/setlang/", {"language": "en", "next": there}))
    answers.append(client.post("/langue/setlang/", {"language": "en"}, headers={"referer": there}))
    answers.append(client.get("/deuxieme-facteur/", {"next": there}))
    answers.append(client.post(f"/territoires/sormont/lots/{world['batch']}/annuler/", {"next": there}))
    for act in ("lecture/toutes", "lecture/reprendre", f"lecture/{world['line']}"):
        answers.append(client.post(f"/territoires/sormont/syntheses/1/{act}/", {"next": there, "decision": "published"}))
    answers.append(client.post("/compte/logout/", {"next": there}))
    for answer in answers:
        assert "evil" not in answer.headers.get("Location", "")
        assert "javascript" not in answer.headers.get("Location", "")
        if answer.status_code == 200:
            assert f'href="{there}' not in answer.content.decode()
