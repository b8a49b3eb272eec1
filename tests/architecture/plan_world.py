"""The register, the plan, its money and its documents, beside the rest of the secret world: every free text of every row is a secret.

Rows are filled by what their table declares, so that a field added later is a secret too without a line here. What may go out
(articles of pilot actions of a public territory) is given by name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models

from tests.architecture.directory_world import directory_of_the_secret_world
from tests.architecture.label_world import labels_of_the_secret_world
from tests.conftest import NOW
from tissage.frameworks.models import Framework, FrameworkVersion, Node, Obligation
from tissage.network import models as network
from tissage.people.exchange.kept_files import DOCUMENTS, keep
from tissage.people.models import Territory, User
from tissage.plan import models as plan
from tissage.reports import models as reports

if TYPE_CHECKING:
    from tests.architecture.public_world import World

Row = TypeVar("Row", bound=models.Model)
TODAY = NOW.date()
_numbers = count(1)

# Codes, hashes, languages and shapes the site itself writes: no words of anybody.
NOT_FREE_OF_PLANS = {
    "Obligation": {"code", "due", "steps", "documents"},
    "Identifier": {"scheme"},
    "Place": {"nis_code", "postal_code"},
    "Document": {"kind", "sha256"},
    "PartnerLink": {"email", "token_hash", "previous_hash"},
    "CalendarFeed": {"token_hash"},
    "PlanColumns": {"header_hash"},
    "WorkbookImport": {"source_format", "file_sha256"},
    "BookingImport": {"file_sha256"},
    "Booking": {"key", "function_code", "article"},
    "FundingLine": {"basis", "function_code"},
    "SplitRule": {"article", "function_code"},
    "StatementTotal": {"function_code"},
    "Action": {"basis"},
    "ActionVersion": {"basis", "state"},
    "ActionComment": {"state", "health"},
    "Clawback": {"reason"},
    "FrozenYear": {"sha256"},
    "ReportFile": {"sha256", "format"},
    "WordTemplate": {"sha256"},
    "ReaderLink": {"token_hash"},
    "Organization": {"email"},
    "Person": {"email"},
    "ServiceContact": {"email", "languages"},
    "ServiceTerm": {"kind", "code"},
    "ReviewRequest": {"email", "token_hash", "previous_hash"},
    "ChangeSuggestion": {"field"},
    "FieldChange": {"field"},
    "Reminder": {"digest"},
}


def framework_of_a_plan() -> FrameworkVersion:
    """A plan framework of its own. Reference data: anybody signed in reads it."""
    from tests.architecture.conftest import CANARY

    framework, _ = Framework.objects.get_or_create(
        slug="plan-canari", defaults={"name": f"Plan {CANARY}", "description": CANARY, "purpose": "plan"}
    )
    version, made = FrameworkVersion.objects.get_or_create(framework=framework, label="1", defaults={"source": CANARY, "note": CANARY})
    if made:
        Node.objects.create(version=version, kind="axis", code="1", labels={"fr": f"Axe {CANARY}"}, keys={"fr": CANARY}, source=CANARY)
        Obligation.objects.create(version=version, code="o", labels={"fr": CANARY}, body=CANARY, source=CANARY, due={"month": 3, "day": 31})
        FrameworkVersion.objects.filter(pk=version.pk).update(published_at=NOW)
        version.refresh_from_db()
    return version


def plan_of(world: World, territory: Territory, by: User, *, told: Callable[[str], str]) -> None:
    """A whole plan of this territory. `told` gives the words of what a public territory publishes, or a secret."""

    def write(model: type[Row], **given: Any) -> Row:
        return _write(world, model, **given)

    version = framework_of_a_plan()
    axis, obligation = version.nodes.get(kind="axis"), version.obligations.get()
    here = {"territory": territory}
    organization = write(network.Organization, **here, email=f"zq{next(_numbers)}org@example.org")
    write(network.Identifier, organization=organization, scheme="BE-BCE_KBO")
    place = write(network.Place, **here, organization=organization, postal_code="7000", nis_code="53053")
    document = write(network.Document, **here, organization=organization, sha256="0" * 64, size=4)
    keep(DOCUMENTS, document.uuid, world.secret("content of a document").encode())
    somebody = write(network.Person, **here, organization=organization, email=f"zq{next(_numbers)}who@example.org")
    collective = write(network.Collective, **here, coordinator=organization)
    member = write(network.CollectiveMembership, collective=collective, organization=organization)
    seat = write(network.Representative, membership=member, person=somebody)
    meeting = write(network.Meeting, collective=collective, starts_at=NOW)
    write(network.Presence, meeting=meeting, organization=organization)
    decision = write(network.Decision, meeting=meeting)
    item = write(network.ActionItem, meeting=meeting, decision=decision, owner=organization)
    agreement = write(network.Agreement, **here)
    party = write(network.AgreementParty, agreement=agreement, organization=organization)
    write(network.Amendment, agreement=agreement, document=document)

    one = write(
        plan.Plan, **here, framework=version, carrier=organization, manager=by, starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2026, 12, 31)
    )
    flags = {"is_pilot": True, "is_standing_service": True, "state": "ongoing"}
    # An article says which action it is about.
    action = write(plan.Action, plan=one, title=told("title of a pilot action"), node=axis, lead_service=organization, **flags)
    action.neighbourhoods.set([place])
    write(plan.ActionPartner, action=action, organization=organization)
    write(plan.ActionComment, action=action, on=TODAY, by=by)
    write(plan.ActionYear, action=action, year=2025, organization=organization)
    article = write(
        plan.Article,
        action=action,
        on=TODAY,
        published_at=NOW,
        **{name: told(f"{name} of an article") for name in ("title", "text", "author")},
    )
    picture = write(plan.ArticlePicture, article=article, alternative=told("alternative text of a picture"), width=1, height=1)
    draft = write(plan.Article, action=action, on=TODAY)
    indicator = write(plan.Indicator, action=action, period="month")
    write(plan.Target, indicator=indicator, year=2025)
    write(plan.Observation, indicator=indicator, year=2025, month=1)
    sent = write(plan.PlanVersion, plan=one, number=1, made_by=by)
    write(plan.ActionVersion, version=sent, action=action, node=axis)
    plan.PlanVersion.objects.filter(pk=sent.pk).update(sent_on=TODAY, answer="accepted", answered_on=TODAY, effective_from=TODAY)
    _money(world, one, action, organization, by)
    write(plan.AgreementAction, agreement=agreement, action=action)
    instalment = write(plan.Instalment, agreement=agreement, number=1)
    proof = write(plan.Proof, agreement=agreement, document=document)
    clawback = write(plan.Clawback, agreement=agreement, reason="other")
    write(
        plan.PartnerLink, plan=one, organization=organization, year=2025, deadline=TODAY, email="lien@example.org", token_hash=f"a{one.pk}"
    )
    workbook = write(plan.WorkbookImport, plan=one, source_format="xlsx", file_sha256="0" * 64)
    write(plan.CalendarFeed, plan=one, user=by, token_hash=f"c{one.pk}")
    write(plan.ObligationYear, plan=one, obligation=obligation, year=2025, document=document)
    frozen = write(reports.FrozenYear, plan=one, year=2025, number=1, sha256="0" * 64, reopened_at=NOW)
    report = write(reports.Report, frozen_year=frozen, territory=territory, kind="activity", number=1)
    file = write(reports.ReportFile, report=report, format="pdf", sha256="0" * 64)
    write(reports.Deliberation, frozen_year=frozen, document=document)
    template = write(reports.WordTemplate, **here, kind="activity", number=1, sha256="0" * 64)
    link = write(reports.ReaderLink, plan=one, person=somebody, role="commission", token_hash=f"r{one.pk}", expires_on=TODAY)
    comment = write(reports.ReaderComment, plan=one, subject="version", subject_id=sent.pk, link=link)
    for name, value in {
        "organization": organization.pk, "document": document.uuid, "collective": collective.pk, "meeting": meeting.pk, "agreement": agreement.pk,
        "plan": one.pk, "action": action.pk, "plan_version": 1, "year": 2025, "indicator": indicator.pk, "obligation": obligation.pk,
        "report": report.number, "frozen": frozen.pk, "report_file": file.uuid, "word_template": template.uuid, "reader": link.pk,
        "reader_comment": comment.pk, "subject": "version", "about": 1, "contact": somebody.pk, "address": place.pk, "place": place.pk,
        "membership": member.pk, "seat": seat.pk, "decision": decision.pk, "item": item.pk, "party": party.pk, "proof": proof.pk,
        "instalment": instalment.pk, "clawback": clawback.pk, "workbook_import": workbook.uuid, "picture_file": picture.uuid,
    }.items():  # fmt: skip
        world.keep(name, value)
    world.keep("article", article.pk, draft.pk)
    for name, values in labels_of_the_secret_world(write, told, here, member, TODAY, NOW).items():
        world.keep(name, *values)
    for name, value in directory_of_the_secret_world(write, told, here, organization, TODAY, NOW).items():
        world.keep(name, value)


def _money(world: World, one: plan.Plan, action: plan.Action, organization: network.Organization, by: User) -> None:
    def write(model: type[Row], **given: Any) -> Row:
        return _write(world, model, **given)

    line = write(plan.FundingLine, plan=one, year=2025, funder=organization, basis="subsidy", function_code="84010")
    stage = write(plan.BudgetStage, plan=one, year=2025, number=0)
    world.keep("funding_line", line.pk)
    world.keep("stage", stage.pk)
    write(plan.FundingAmount, line=line, stage=stage)
    write(plan.Allocation, line=line, stage=stage, action=action)
    helped = write(plan.HelpInKind, action=action, year=2025, organization=organization)
    world.keep("help_row", helped.pk)
    write(plan.PlanColumns, territory=one.territory, kind="bookings", header_hash="x")
    read = write(plan.BookingImport, plan=one, year=2025, file_sha256="0" * 64, state="applied")
    booking = write(
        plan.Booking,
        plan=one,
        key=f"k{one.pk}",
        year=2025,
        article="84010/124-02",
        function_code="84010",
        first_seen=read,
        last_seen=read,
        line=line,
    )
    rule = write(plan.SplitRule, plan=one, made_by=by, article="84010/124-02", function_code="84010")
    write(plan.SplitShare, rule=rule, action=action)
    write(plan.BookingSplit, booking=booking, action=action, rule=rule)
    staff = write(plan.StaffShare, plan=one, action=action)
    world.keep("staff_share", staff.pk)
    write(plan.StatementTotal, plan=one, year=2025, function_code="84010")
    world.keep("booking", booking.pk)
    world.keep("split_rule", rule.pk)
    world.keep("booking_import", read.uuid)


def _write(world: World, model: type[Row], **given: Any) -> Row:
    """A row whose free texts are secrets and whose other required fields hold something plain."""
    values = dict(given)
    known = NOT_FREE_OF_PLANS.get(model.__name__, set())
    for one in model._meta.concrete_fields:
        if one.name in values or one.primary_key or (one.has_default() and not isinstance(one, models.JSONField)):
            continue
        where = f"{model.__name__}.{one.name}"
        if isinstance(one, models.JSONField) and one.name not in known:
            values[one.name] = {"text": world.secret(where)} if one.default is dict else [world.secret(where)]
        elif isinstance(one, models.URLField):
            values[one.name] = f"https://exemple.be/{world.secret(where)}"
        elif isinstance(one, (models.CharField, models.TextField)) and not one.choices and one.name not in known:
            values[one.name] = world.secret(where, one.max_length or 0)
        elif isinstance(one, models.DateTimeField) and not one.null:
            values[one.name] = NOW
        elif isinstance(one, models.DateField) and not one.null and not isinstance(one, models.DateTimeField):
            values[one.name] = TODAY
        elif isinstance(one, models.DecimalField) and not one.null:
            values[one.name] = Decimal(1)
        elif isinstance(one, models.IntegerField) and not one.null:
            values[one.name] = next(_numbers)
    return model._default_manager.create(**values)
