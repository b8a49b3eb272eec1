"""What the sheet of an action, and of a partner, says: model rows in, words out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.core.charts import number_text
from tissage.core.figures import YearFigure
from tissage.core.plan_framework import FUNDING
from tissage.frameworks.queries_plan import plan_framework
from tissage.network.models import Organization
from tissage.plan.models import Action, ActionPartner, Plan
from tissage.plan.queries import sheets as queries
from tissage.ui.templatetags.tissage import euros

from .sheet import Part, Sheet


def short(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else _("inconnu")


def period(starts_on: dt.date | None, ends_on: dt.date | None) -> str:
    if starts_on and ends_on:
        return _("du %(first)s au %(last)s") % {"first": short(starts_on), "last": short(ends_on)}
    if starts_on:
        return _("depuis le %(first)s") % {"first": short(starts_on)}
    return _("jusqu’au %(last)s") % {"last": short(ends_on)} if ends_on else _("inconnu")


def listed(words: Iterable[str]) -> str:
    return ", ".join(words) or _("non précisé")


def action_content(action: Action, *, today: dt.date) -> Sheet:
    plan = action.plan
    partners = queries.partners_of_action(action)
    return Sheet(
        title=f"{action.sequence} · {action.title}",
        above=f"{_('Fiche action')} · {plan.name} · {plan.territory.name}",
        territory=plan.territory.name,
        day=today,
        facts=_action_facts(action, today),
        parts=(
            *([Part(_("Description"), tuple(filter(None, action.description.splitlines())))] if action.description.strip() else []),
            _partners_part(partners),
            _money_part(plan, [action]),
            _figures_part(queries.figures_of_actions([action]), with_action=False),
            _agreements_part(queries.agreements_of_action(action)),
            _contacts_part([one.organization for one in partners]),
            *_comments_part(action),
        ),
    )


def _action_facts(action: Action, today: dt.date) -> tuple[tuple[str, str], ...]:
    reference = plan_framework(action.plan.framework)
    axis = reference.axis_of(action.node.code) if action.node else None
    approved = queries.approved_version(action, today)
    state = action.get_state_display()
    if action.stop_reason:
        state = f"{state} ({action.stop_reason})"
    return (
        (_("Code du catalogue"), str(action.node) if action.node else _("aucun")),
        (_("Axe"), f"{axis.code} · {axis.label}" if axis else _("aucun")),
        (_("Base légale"), reference.label_of(FUNDING, action.basis) if action.basis else _("non précisée")),
        (_("État"), state),
        (_("Santé"), action.get_health_display()),
        (_("Dates réelles"), period(action.starts_on, action.ends_on)),
        (_("Dates approuvées"), period(approved.starts_on, approved.ends_on) if approved else _("aucune version en vigueur")),
        (_("Service pilote"), action.lead_service.name if action.lead_service else _("non précisé")),
        (_("Objectifs"), listed(node.label for node in action.objectives.order_by("position", "pk"))),
        (_("Publics"), listed(action.target_groups)),
        (_("Quartiers"), listed(place.name for place in action.neighbourhoods.order_by("name", "pk"))),
        (_("Référence au PST"), action.pst_reference or _("aucune")),
    )


def _partners_part(partners: list[ActionPartner]) -> Part:
    return Part(
        _("Partenaires"),
        headings=(_("Organisation"), _("Rôle"), _("Depuis"), _("Précision")),
        rows=tuple((one.organization.name, one.get_role_display(), short(one.since), one.note or "–") for one in partners),
        widths=(4, 2, 2, 4),
        empty=_("Aucun partenaire n’est noté."),
    )


def _money_part(plan: Plan, actions: list[Action]) -> Part:
    years = queries.money_of_actions(plan, actions)
    return Part(
        _("Argent par année"),
        headings=(_("Année"), _("Budget"), _("Engagé"), _("Dépensé"), _("Reste"), _("Reçu"), _("Aide en nature")),
        rows=tuple(
            (
                str(year),
                euros(money.budget),
                euros(money.committed),
                euros(money.spent),
                euros(money.remaining),
                euros(money.received),
                euros(kind),
            )
            for year, money, kind in years
        ),
        numbers=6,
        widths=(2, 4, 4, 4, 4, 4, 4),
        note=_("« Inconnu » n’est pas zéro. L’aide en nature se lit à côté de l’argent et ne s’y ajoute pas."),
    )


def figure_said(figure: YearFigure) -> str:
    if figure.value is None:
        return _("inconnu")
    said = number_text(float(figure.value))
    if figure.is_whole:
        return said
    return ngettext("%(said)s (%(known)s mois sur %(of)s)", "%(said)s (%(known)s mois sur %(of)s)", figure.known) % {
        "said": said,
        "known": figure.known,
        "of": figure.of,
    }


def _figures_part(lines: list[queries.FigureLine], *, with_action: bool) -> Part:
    def row(line: queries.FigureLine) -> tuple[str, ...]:
        waiting = (
            ngettext("%(count)s à relire", "%(count)s à relire", line.waiting) % {"count": line.waiting} if line.waiting else _("approuvé")
        )
        state = waiting if line.waiting or line.figure.known else _("rien de remis")
        target = number_text(float(line.target), _("aucune")) if line.target is not None else _("aucune")
        name = f"{line.indicator.name} ({line.indicator.unit})"
        first = (str(line.indicator.action.sequence), name) if with_action else (name,)
        return (*first, line.indicator.method or _("non précisé"), state, str(line.year), target, figure_said(line.figure))

    lead = (_("Action"),) if with_action else ()
    return Part(
        _("Chiffres et cibles"),
        headings=(*lead, _("Indicateur"), _("Comment on compte"), _("État"), _("Année"), _("Cible"), _("Chiffre")),
        rows=tuple(row(line) for line in lines),
        numbers=3,
        widths=(*((2,) if with_action else ()), 5, 4, 3, 2, 2, 3),
        empty=_("Aucune cible ni aucun chiffre n’est noté."),
    )


def _agreements_part(shown: list[queries.AgreementShown]) -> Part:
    def signed(one: queries.AgreementShown) -> str:
        if one.unsigned:
            return ngettext("%(count)s signature manque", "%(count)s signatures manquent", one.unsigned) % {"count": one.unsigned}
        return ", ".join(short(party.signed_on) for party in one.parties) or _("inconnu")

    return Part(
        _("Conventions"),
        headings=(_("Objet"), _("Actions"), _("État"), _("Période"), _("Signée le"), _("Montant"), _("Payé"), _("Justifié")),
        rows=tuple(
            (
                one.agreement.title,
                ", ".join(map(str, one.actions)),
                one.agreement.get_status_display(),
                period(one.agreement.starts_on, one.agreement.ends_on),
                signed(one),
                euros(one.agreement.amount),
                euros(one.paid),
                euros(one.accepted),
            )
            for one in shown
        ),
        numbers=3,
        widths=(5, 2, 2, 4, 3, 3, 3, 3),
        empty=_("Aucune convention n’est notée."),
    )


def _contacts_part(organizations: list[Organization]) -> Part:
    rows = [
        (one.name, _("contact de l’organisation"), one.email or "–", one.phone or "–") for one in organizations if one.email or one.phone
    ]
    for one in queries.contacts_of(organizations):
        name = f"{one.display_name}, {one.role}" if one.role else one.display_name
        rows.append((one.organization.name if one.organization else "–", name, one.email or "–", one.phone or "–"))
    return Part(
        _("Contacts"),
        headings=(_("Organisation"), _("Personne"), _("Adresse e-mail"), _("Téléphone")),
        rows=tuple(rows),
        widths=(4, 4, 4, 3),
        empty=_("Aucun contact n’est noté : ajoutez-en sur la page de l’organisation."),
    )


def _comments_part(action: Action) -> list[Part]:
    comments = list(action.comments.order_by("-on", "-pk")[:5])
    rows = tuple((short(one.on), one.text) for one in comments)
    return [Part(_("Derniers commentaires"), headings=(_("Date"), _("Commentaire")), rows=rows, widths=(1, 6))] if rows else []


def partner_content(plan: Plan, organization: Organization, *, today: dt.date) -> Sheet:
    roles = list(
        ActionPartner.objects.filter(action__plan=plan, organization=organization, until__isnull=True)
        .select_related("action__node")
        .order_by("action__sequence", "pk")
    )
    actions = [one.action for one in roles]
    numbers = list(organization.identifiers.order_by("scheme", "pk"))
    return Sheet(
        title=organization.name,
        above=f"{_('Fiche partenaire')} · {plan.name} · {plan.territory.name}",
        territory=plan.territory.name,
        day=today,
        facts=(
            (_("Genre"), organization.get_kind_display()),
            (_("Numéro d’entreprise"), ", ".join(one.value for one in numbers) or _("inconnu")),
            (_("Site"), organization.website or _("aucun")),
            (_("Actions"), ngettext("%(count)s action", "%(count)s actions", len(actions)) % {"count": len(actions)}),
        ),
        parts=(
            Part(
                _("Ses actions"),
                headings=(_("Numéro"), _("Code"), _("Titre"), _("Rôle"), _("État"), _("Dates réelles")),
                rows=tuple(
                    (
                        str(one.action.sequence),
                        one.action.node.code if one.action.node else _("sans code"),
                        one.action.title,
                        one.get_role_display(),
                        one.action.get_state_display(),
                        period(one.action.starts_on, one.action.ends_on),
                    )
                    for one in roles
                ),
                widths=(2, 2, 7, 3, 3, 5),
                empty=_("Cette organisation ne prend part à aucune action aujourd’hui."),
            ),
            _money_part_of_partner(plan, roles),
            _figures_part(queries.figures_of_actions(actions, organization), with_action=True),
            _agreements_part(queries.agreements_of_partner(plan, organization)),
            _contacts_part([organization]),
        ),
    )


def _money_part_of_partner(plan: Plan, roles: list[ActionPartner]) -> Part:
    """The money of the actions it operates: those it only takes part in are not its money."""
    operated = [one.action for one in roles if one.role == ActionPartner.Role.OPERATOR]
    if not operated:
        return Part(_("Argent par année"), empty=_("Cette organisation n’opère aucune action : l’argent de ses actions va à d’autres."))
    part = _money_part(plan, operated)
    numbers = ", ".join(str(action.sequence) for action in operated)
    said = ngettext("Argent de l’action %(numbers)s, qu’elle opère.", "Argent des actions %(numbers)s, qu’elle opère.", len(operated))
    return Part(part.title, (said % {"numbers": numbers},), part.headings, part.rows, part.numbers, part.widths, part.empty, part.note)
