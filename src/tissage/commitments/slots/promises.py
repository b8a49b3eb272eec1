"""What promises bring upstream: the page of a territory, a collective, an action; « À faire »."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.commitments.models import AskSet, AssessmentProposal, CommitmentAction, Evidence
from tissage.network.models import Collective
from tissage.network.rules import organization_ids_of
from tissage.people.models import Membership, Territory, User
from tissage.people.todo import TodoLine
from tissage.plan.models import Action

Role = Membership.Role
JUDGES = (Role.COORDINATOR, Role.PLAN_MANAGER, Role.FACILITATOR)


def territory(request: HttpRequest, territory: Territory) -> SafeString | None:
    """Sets that the public may follow; for whoever sits somewhere, what does not move. One query."""
    if not (territory.is_public or request.user.has_perm("commitments.read_public", territory)):
        return None
    sets = list(AskSet.objects.of_territory().published().filter(territory=territory).order_by("-published_on", "-pk"))
    reads = request.user.has_perm("network.read_standstill", territory)
    if not (sets or reads):
        return None
    return render_to_string("commitments/slot_territory.html", {"territory": territory, "sets": sets, "reads": reads}, request)


def collective(request: HttpRequest, collective: Collective) -> SafeString | None:
    """The way to what was decided and does not move. No query."""
    if not request.user.has_perm("network.read_standstill", collective):
        return None
    return render_to_string("commitments/slot_collective.html", {"territory": collective.territory}, request)


def action(request: HttpRequest, action: Action) -> SafeString | None:
    """The commitments that an action serves, for whoever reads them; not the drafts. One query."""
    if not isinstance(request.user, User) or not request.user.has_perm("commitments.read", action.plan.territory):
        return None
    rows = CommitmentAction.objects.filter(action=action, commitment__published_on__isnull=False, commitment__withdrawn_on__isnull=True)
    found = [row.commitment for row in rows.select_related("commitment").order_by("commitment__made_on", "pk")]
    if not found:
        return None
    return render_to_string("commitments/slot_action.html", {"territory": action.plan.territory, "commitments": found}, request)


def todo_replies(request: HttpRequest) -> list[TodoLine]:
    """Assessments of one's organisation that may still be answered."""
    if not isinstance(request.user, User) or not (mine := organization_ids_of(request.user)):
        return []
    today = timezone.localdate()
    rows = AssessmentProposal.objects.filter(status="open", reply_on__isnull=True, reply_until__gte=today)
    rows = rows.filter(Q(commitment__organization__in=mine) | Q(commitment__owner__in=mine)).select_related("commitment__territory")
    return [
        TodoLine(
            _("Répondre à une évaluation : %(text)s") % {"text": one.commitment.statement[:80]},
            reverse("commitments:proposal", args=[one.commitment.territory.slug, one.pk]),
            one.reply_until,
            one.commitment.territory,
            _("Évaluation"),
        )
        for one in rows.order_by("reply_until", "pk")
        if one.commitment is not None
    ]


def todo_judging(request: HttpRequest) -> list[TodoLine]:
    """Pieces of evidence and assessments that wait for a person, in the territories where this one decides. Three queries at most."""
    if not isinstance(request.user, User):
        return []
    mine = Membership.objects.open().filter(user=request.user, role__in=JUDGES).select_related("territory")
    places = {one.territory_id: one.territory for one in mine.order_by("territory__name", "pk")}
    if not places:
        return []
    waiting = Evidence.objects.filter(territory__in=places, state=Evidence.State.PROPOSED).order_by("territory")
    lines = [
        TodoLine(
            ngettext("Valider %(n)s preuve proposée", "Valider %(n)s preuves proposées", count) % {"n": count},
            reverse("commitments:evidence_queue", args=[places[pk].slug]),
            territory=places[pk],
            kind=_("Engagements"),
        )
        for pk, count in waiting.values_list("territory").annotate(count=Count("pk"))
    ]
    today = timezone.localdate()
    ready = AssessmentProposal.objects.filter(status="open", told_on__isnull=False).exclude(proposed_by=request.user)
    ready = ready.filter(Q(reply_on__isnull=False) | Q(reply_until__lt=today)).filter(
        Q(commitment__territory__in=places) | Q(ask__ask_set__territory__in=places, ask__ask_set__space__isnull=True)
    )
    lines += [
        TodoLine(
            _("Valider une évaluation proposée"),
            reverse("commitments:proposal", args=[one.territory.slug, one.pk]),
            territory=one.territory,
            kind=_("Engagements"),
        )
        for one in ready.select_related("commitment__territory", "ask__ask_set__territory").order_by("proposed_at", "pk")
    ]
    return lines
