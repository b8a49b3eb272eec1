"""How members take part, told to the coordination and to the organisation itself: nobody else, and in no order but the alphabet's."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.agenda.queries.engagement import Engaged, engagement_of_members, engagement_of_organizations
from tissage.core.engagement import Level
from tissage.network.models import Collective, Organization
from tissage.network.rules import organization_ids_of

PERMISSION = "network.read_engagement"
KINDS = {Level.NEW: "info", Level.ACTIVE: "done", Level.OCCASIONAL: "unknown", Level.DORMANT: "to_confirm", Level.LOST_CONTACT: "late"}


@dataclass(frozen=True, slots=True)
class Told:
    """A member in words: its level, the pill that says it, and each signal in a sentence."""

    engaged: Engaged
    kind: str
    label: str
    signals: list[str]


def collective(request: HttpRequest, collective: Collective) -> SafeString | None:
    """Every member, for the coordination."""
    if not request.user.has_perm(PERMISSION, collective):
        return None
    return _section(engagement_of_members(collective, timezone.localdate()), shows="organization")


def my_collective(request: HttpRequest, collective: Collective) -> SafeString | None:
    """One's own organisation in this collective, and no other."""
    mine = organization_ids_of(request.user)
    return _section(engagement_of_organizations(mine, timezone.localdate(), collective), shows="organization") if mine else None


def organization(request: HttpRequest, organization: Organization) -> SafeString | None:
    """An organisation wherever it sits, for itself and for the coordination."""
    if not request.user.has_perm(PERMISSION, organization):
        return None
    return _section(engagement_of_organizations([organization.pk], timezone.localdate()), shows="collective")


def _section(rows: list[Engaged], *, shows: str) -> SafeString | None:
    if not rows:
        return None
    asleep = {one.membership.collective_id: one for one in rows if not one.collective_met}
    notes = [_not_met(one) for one in asleep.values()]
    return render_to_string("agenda/engagement.html", {"rows": [told(one) for one in rows], "notes": notes, "shows": shows})


def _not_met(one: Engaged) -> str:
    name = one.membership.collective.name
    if one.last_held is None:
        return _("« %(name)s » n’a encore tenu aucune réunion : les présences ne disent rien de ses membres.") % {"name": name}
    return _("« %(name)s » ne s’est pas réuni depuis le %(date)s : les présences ne disent rien de ses membres.") % {
        "name": name,
        "date": date_format(one.last_held, "j F Y"),
    }


def told(one: Engaged) -> Told:
    return Told(one, KINDS[one.level], _labels()[one.level], _in_words(one))


def _labels() -> dict[Level, str]:
    return {
        Level.NEW: _("nouvelle"),
        Level.LOST_CONTACT: _("contact perdu"),
        Level.DORMANT: _("en sommeil"),
        Level.ACTIVE: _("engagée"),
        Level.OCCASIONAL: _("occasionnelle"),
    }


def _in_words(one: Engaged) -> list[str]:
    """Each signal; one that had no occasion is said to have had none."""
    facts, said = one.facts, []
    expected = facts.meetings - facts.excused
    if expected:
        words = ngettext("présente à %(present)s réunion sur %(held)s", "présente à %(present)s réunions sur %(held)s", facts.present)
        said.append(words % {"present": facts.present, "held": expected})
    elif not facts.meetings:
        said.append(_("aucune réunion tenue pendant qu’elle siégeait"))
    if facts.excused:
        said.append(ngettext("excusée %(count)s fois", "excusée %(count)s fois", facts.excused) % {"count": facts.excused})
    said.append(ngettext("%(count)s activité tenue", "%(count)s activités tenues", facts.activities) % {"count": facts.activities})
    if facts.items_due:
        words = ngettext("%(done)s suite faite à temps sur %(due)s", "%(done)s suites faites à temps sur %(due)s", facts.items_on_time)
        said.append(words % {"done": facts.items_on_time, "due": facts.items_due})
    else:
        said.append(_("aucune suite à donner"))
    said.append(ngettext("%(count)s formation suivie", "%(count)s formations suivies", facts.trainings) % {"count": facts.trainings})
    days = one.signals.days_silent
    if days is not None and one.level in (Level.DORMANT, Level.LOST_CONTACT):
        said.append(ngettext("dernier contact il y a %(days)s jour", "dernier contact il y a %(days)s jours", days) % {"days": days})
    return said
