"""Roles around the team: what each may open, address by address. None of them meets a resident's words."""

from __future__ import annotations

from tests.architecture.conftest import ROUTES
from tests.conftest import NOW
from tissage.network.models import Organization, Person
from tissage.people.models import Entry, Membership, User

OF_A_TERRITORY = [route for route in ROUTES if route.concerns_a_territory]
NOT_THERE = (404, 405)


def names(*given: str) -> set[str]:
    """« app », « name name name », « app », …"""
    return {f"{app}:{name}" for app, said in zip(given[::2], given[1::2], strict=True) for name in said.split()}


# What any member of a territory meets: its page, published syntheses, published articles.
ANY_MEMBER = names("voices", "territory", "synthesis", "statistics versions")
DIRECTORY = names("directory", "home labelled leaflet organization results service suggest suggest_missing")
PROPOSES = names("directory", "suggest suggest_missing")
# Once the partner has taken its service out of the directory, nobody proposes a correction to it any more.
STILL_PROPOSES = names("directory", "suggest_missing")
ARTICLES = names("plan", "article article_picture published_articles")
ADOPTED = names("reports", "adopted adopted_file adopted_plan adopted_report adopted_version")
FINANCE_READS = names(
    "network",
    """
    collective collectives convocation_pdf document meeting minutes_pdf organization organizations places
    """,
    "plan",
    """
    action action_sheet add_instalment add_proof agreement agreements allocations amend_agreement articles board booking
    booking_columns booking_import booking_import_progress booking_imports bookings calendar_feed change_agreement
    change_funding change_help change_staff change_stage checks claim_back close_clawback compare_versions copy_funding
    create_agreement create_booking_import create_funding create_split_rule figures funding help_in_kind in_force indicators
    judge_proof missing money money_csv move_agreement obligation obligations partner_sheet partners pay_instalment plan
    plans reconcile remove_funding remove_help remove_staff remove_stage sign_agreement split_rule split_rules staff stages
    undo_splits version versions workbook
    """,
    "reports",
    """
    fields reports sample template_file templates texts year
    """,
)
FINANCE_SENDS = names(
    "plan",
    """
    action_sheet add_instalment add_proof agreement agreements allocations amend_agreement apply_booking_import
    apply_split_rules board booking booking_columns booking_import booking_import_progress booking_imports bookings
    calendar_feed cancel_booking_import change_agreement change_funding change_help change_staff change_stage claim_back
    close_clawback copy_funding create_agreement create_booking_import create_funding create_split_rule end_split_rule
    help_in_kind judge_proof link_booking link_bookings move_agreement partner_sheet pay_instalment reconcile remove_funding
    remove_help remove_instalment remove_staff remove_stage sign_agreement split_rule split_rules staff stages
    take_signature_back undo_splits unsplit_booking workbook workbook_out
    """,
    "reports",
    """
    comment_adopted download reports take texts year
    """,
)
PARTNER_READS = names("plan", "action my_actions type_for_partner type_for_partner_submit")
PARTNER_SENDS = names("plan", "type_for_partner_save type_for_partner_submit")
# Sheets of services: finance reads them; association staff keep those of their own organisation, its own sheet and its places.
SHEETS_READ = names("network", "service service_history")
OWN_SHEETS_ASKED = names(
    "network",
    """
    add_own_place add_service add_service_contact archive_service change_at_place change_own_organization change_own_place
    change_service_contact place_service remove_service_contact service_check service_price service_reach service_welcome
    service_what service_whom take_service_from_place
    """,
)
OWN_SHEETS_READ = SHEETS_READ | OWN_SHEETS_ASKED | {"network:own_organization"}
OWN_SHEETS_SENT = OWN_SHEETS_ASKED | names("network", "assure_service publish_service put_field_back restore_service")
OWN_SHEETS_ACTS = {
    "network.archive_service",
    "network.assure_service",
    "network.change_service",
    "network.remove_service_contact",
    "network.restore_service",
    "network.take_service_from_place",
}
# Campaigns: everybody with a role reads the programme, the state of its dates and issued balances; association staff write their own.
AGENDA_READ = names("agenda", "activity balance campaign campaign_report_pdf campaign_report_word campaigns reports")
OWN_AGENDA_ASKED = names(
    "agenda",
    """
    add_occurrence cancel_occurrence change_activity change_occurrence co_organizers create_activity feedback move_occurrence
    postpone_occurrence report served_actions
    """,
)
OWN_AGENDA_READ = (
    AGENDA_READ | OWN_AGENDA_ASKED | names("agenda", "beside feedback_poster feedback_slips my_activities my_year own_feeds registrations")
)
OWN_AGENDA_SENT = OWN_AGENDA_ASKED | names("agenda", "read_comment toggle_feedback")
OWN_AGENDA_ACTS = {"agenda.close_feedback", "agenda.withdraw_comment"}
# Labels and trainings: finance reads them. The house of the partner runs the label, holds it and was told of a report: its staff write it,
# confirm, leave the list and answer; they read the collectives where it sits, and close what it owes there.
LABELS_READ = names("network", "award label label_version labels training training_session trainings")
EVERYBODYS_LABELS = names("network", "label_holders report_breach")
OWN_LABELS_ASKED = names(
    "network",
    """
    add_requirement ask_award change_label confirm_award declare_my_conflict end_my_conflict finish_my_item fulfil_requirement
    publish_label_version suspend_award withdraw_award
    """,
)
OWN_LABELS_READ = (LABELS_READ | OWN_LABELS_ASKED | names("network", "label_report my_collective my_collectives my_meeting")) - names(
    "network", "training_session"
)
OWN_LABELS_SENT = OWN_LABELS_ASKED | names(
    "network", "draft_label_version list_award remove_requirement reply_to_label_report resume_award take_fulfilment_back"
)
OWN_LABELS_ACTS = {"network.draft_label_version", "network.unlist_award"}
# The agenda that everybody reads, and what was asked and answered before an election.
DIARY = names("diary", "activity home leaflet poster")
ASKED = names("asks", "answers ask_set evidence_copy picture")
# Commitments: everybody with a role reads them; association staff judge with the team, each assessment by two persons.
PROMISES_READ = names(
    "commitments",
    "ask commitment commitments evidence evidence_copy received_sets scorecard scorecard_version scorecards standstill",
)
JUDGES_ASKED = names(
    "commitments",
    """
    add_evidence add_evidence_of_ask assess_ask assess_commitment contest_evidence refuse_proposal tell_assessed
    """,
)
JUDGES_READ = PROMISES_READ | JUDGES_ASKED | names("commitments", "assessments_in evidence_queue proposal proposals")
# Judging is for the team and for association staff, never for the party assessed: the operations refuse it there.
JUDGES_SENT = JUDGES_ASKED | names(
    "commitments",
    """
    assessments_in assessments_out refuse_evidence reopen_evidence settle_evidence show_evidence validate_assessment
    validate_evidence withdraw_proposal
    """,
)
JUDGES_ACTS = {
    f"commitments.{name}" for name in ("export_subjects", "refuse_evidence", "reopen_evidence", "settle_evidence", "show_evidence")
}
EVERYBODY = ANY_MEMBER | ARTICLES | DIRECTORY | DIARY | ASKED | EVERYBODYS_LABELS
OPENS = {
    "finance": (
        FINANCE_READS | AGENDA_READ | LABELS_READ | SHEETS_READ | {"network:services"} | PROMISES_READ | ADOPTED | EVERYBODY,
        FINANCE_SENDS | ANY_MEMBER | STILL_PROPOSES,
    ),
    "partner": (
        PARTNER_READS | OWN_LABELS_READ | OWN_AGENDA_READ | OWN_SHEETS_READ | JUDGES_READ | EVERYBODY,
        PARTNER_SENDS | OWN_LABELS_SENT | OWN_AGENDA_SENT | OWN_SHEETS_SENT | JUDGES_SENT | ANY_MEMBER | STILL_PROPOSES,
    ),
    "commission": (
        ADOPTED | AGENDA_READ | PROMISES_READ | EVERYBODY,
        ANY_MEMBER | PROPOSES | {"network:report_breach", "reports:comment_adopted"},
    ),
    "councillor": (
        ADOPTED | AGENDA_READ | PROMISES_READ | EVERYBODY,
        ANY_MEMBER | PROPOSES | {"network:report_breach", "reports:comment_adopted"},
    ),
}
WORDS_OF_RESIDENTS = ("voices:", "synthesis:", "phones:", "sheets:")


def somebody(territory, role: str) -> User:
    user = User.objects.create_user(email=f"{role}@example.org", name=role)
    Membership.objects.create(user=user, territory=territory, role=role, since=NOW)
    if role == "partner":
        house = Organization.objects.get(territory=territory, name__startswith="Maison")
        Person.objects.create(territory=territory, organization=house, user=user, display_name=role)
    return user


def test_each_role_around_the_team_opens_its_own_pages_and_no_other(world, address, territory, as_user):
    people = {role: somebody(territory, role) for role in OPENS}

    def opened(role: str, method: str) -> set[str]:
        ask = getattr(as_user(people[role]), method)
        return {route.name for route in OF_A_TERRITORY if ask(address(route, world)).status_code not in NOT_THERE}

    def acts(of: User) -> set[str]:
        return {verb.partition(".")[0] for verb in Entry.objects.filter(actor=of).values_list("verb", flat=True)}

    reads = {role: opened(role, "get") for role in OPENS}
    assert reads == {role: table[0] for role, table in OPENS.items()}
    assert {role: acts(user) for role, user in people.items()} == {role: set() for role in OPENS}
    # Whoever writes to money comes last: it takes rows of the world away.
    sends = {role: opened(role, "post") for role in ("councillor", "commission", "partner", "finance")}
    assert sends == {role: table[1] for role, table in OPENS.items()}
    assert acts(people["councillor"]) == acts(people["commission"]) == set()
    assert (
        set(Entry.objects.filter(actor=people["partner"]).values_list("verb", flat=True))
        == {"plan.submit_figures"} | OWN_SHEETS_ACTS | OWN_AGENDA_ACTS | OWN_LABELS_ACTS | JUDGES_ACTS
    )
    assert {name for role in OPENS for name in reads[role] | sends[role] if name.startswith(WORDS_OF_RESIDENTS)} == ANY_MEMBER
