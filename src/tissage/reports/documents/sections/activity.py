"""What was done: the plan, its axes, each action with what its people wrote, partners, evaluation, the commission."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.core.charts import Bar, bar_chart
from tissage.core.plan_year import AccountOfYear, ActionOfYear, AxisOfYear
from tissage.reports.documents import words
from tissage.reports.documents.blocks import Figure, Grid, Heading, Number, Numbers, Paragraph, Piece, Points
from tissage.reports.documents.book import Book

STARTED = ("ongoing", "terminated")


def summary(book: Book) -> Iterator[Piece]:
    yield Heading(_("En bref"))
    yield Paragraph(sentence(book), "lede")
    yield Numbers(key_numbers(book))
    yield Paragraph(book.source, "small")


def sentence(book: Book) -> str:
    """« En 2025, 26 actions sur 32 ont été menées. »"""
    actions = book.data.actions
    done = sum(one.state in STARTED for one in actions)
    told = ngettext(
        "En %(year)s, %(done)s action sur %(count)s a été menée.", "En %(year)s, %(done)s actions sur %(count)s ont été menées.", done
    )
    return told % {"year": book.data.facts.year, "done": words.number(done), "count": words.number(len(actions))}


def key_numbers(book: Book) -> tuple[Number, ...]:
    """Planned, done, late, cost, figures: each with its unit and how it was counted."""
    data = book.data
    done = sum(one.state in STARTED for one in data.actions)
    late = sum(bool(one.late) for one in data.actions)
    known = sum(figure.state == "approved" for figure in data.figures)
    return (
        Number(_("Prévu"), words.number(len(data.actions)), _("actions"), planned_how(book)),
        Number(
            _("Réalisé"), words.number(done), _("actions"), _("actions en cours ou terminées, selon l’équipe, au moment d’arrêter l’année")
        ),
        Number(
            _("En retard"), words.number(late), _("actions"), _("bloquées, à risque, non commencées ou non finies à leur date"), late > 0
        ),
        Number(_("Budget"), words.budget(data.total), "", _("affectations aux actions, dernière étape budgétaire votée")),
        Number(_("Dépensé"), words.cents(data.total.spent), "", spent_how(book)),
        Number(
            _("Chiffres"),
            f"{words.number(known)} / {words.number(len(data.figures))}",
            _("indicateurs"),
            _("chiffres relus et approuvés, sur ceux qui étaient demandés"),
            known < len(data.figures),
        ),
    )


def planned_how(book: Book) -> str:
    version = book.data.version
    if version is None:
        return _("actions inscrites au registre ; aucune version du plan n’était en vigueur")
    outside = sum(not one.in_version for one in book.data.actions)
    told = _("actions de l’année ; version %(number)s du plan en vigueur") % {"number": version.number}
    if outside:
        told += ngettext(", dont %(count)s hors version", ", dont %(count)s hors version", outside) % {"count": outside}
    return told


def spent_how(book: Book) -> str:
    waiting = book.data.unsplit_bookings
    if not waiting:
        return _("dépenses des comptes, toutes réparties entre les actions")
    told = ngettext(
        "dépenses des comptes, dont %(count)s écriture pas encore répartie",
        "dépenses des comptes, dont %(count)s écritures pas encore réparties",
        waiting,
    )
    return told % {"count": words.number(waiting)}


def plan(book: Book) -> Iterator[Piece]:
    facts, version = book.data.facts, book.data.version
    yield Heading(_("Le plan"))
    rows = [
        (_("Plan"), facts.plan),
        (_("Référentiel"), facts.framework),
        (_("Période"), words.period(facts)),
        (_("Porté par"), words.dot(facts.carrier, facts.carrier_kind) or _("inconnu")),
        (_("Conseil compétent"), facts.council or _("inconnu")),
    ]
    if facts.members:
        rows.append((_("Membres"), ", ".join(facts.members)))
    if version is not None:
        rows.append((_("Version en vigueur"), _("n° %(number)s · %(reason)s") % {"number": version.number, "reason": version.reason}))
        rows.append((_("Votée le"), words.day_or(version.council_on)))
        rows.append((_("Réponse reçue"), version.answer or _("inconnue")))
    yield Grid("", (_("Sujet"), _("Ce qu’il faut savoir")), tuple(rows), widths=(1, 3), note=book.source)


def groups(book: Book) -> list[tuple[AxisOfYear | None, tuple[ActionOfYear, ...]]]:
    """Axes with their actions, in the order of the framework; the actions without an axis last."""
    data = book.data
    found: list[tuple[AxisOfYear | None, tuple[ActionOfYear, ...]]] = [
        (axis, actions) for axis in data.axes if (actions := data.of_axis(axis.code))
    ]
    known = {axis.code for axis in data.axes}
    others = tuple(one for one in data.actions if one.axis not in known)
    return [*found, (None, others)] if others else found


def axis_name(axis: AxisOfYear | None) -> str:
    return f"{axis.code} · {axis.label}" if axis else _("Sans axe")


def axes(book: Book) -> Iterator[Piece]:
    yield Heading(_("Les axes"))
    yield from axes_chart(book)
    yield axes_table(book)


def axes_table(book: Book, caption: str = "") -> Grid:
    money = {one.key: one.money for one in book.data.by_axis}
    rows = []
    for axis, actions in groups(book):
        one = money.get(axis.code if axis else "")
        rows.append(
            (
                axis_name(axis),
                words.number(len(actions)),
                words.number(sum(action.state in STARTED for action in actions)),
                words.number(sum(bool(action.late) for action in actions)),
                words.budget(one) if one else _("inconnu"),
                words.cents(one.spent if one else None),
            )
        )
    headings = (_("Axe"), _("Prévues"), _("Menées"), _("En retard"), _("Budget"), _("Dépensé"))
    return Grid(caption or _("Actions et argent par axe"), headings, tuple(rows), 5, (4.4, 1.1, 1.1, 1.1, 2, 2), book.source)


def axes_chart(book: Book) -> Iterator[Figure]:
    """What each axis cost; nothing when no expense is known."""
    spent = [(one.label, one.money.spent) for one in book.data.by_axis]
    if not any(amount for _label, amount in spent):
        return
    bars = [Bar(label, None if amount is None else float(amount), shown=words.cents(amount)) for label, amount in spent]
    most = max((pair for pair in spent if pair[1] is not None), key=lambda pair: pair[1] or 0)
    told = _("L’axe qui a coûté le plus : « %(axis)s », %(amount)s dépensés.") % {"axis": most[0], "amount": words.cents(most[1])}
    chart = bar_chart(
        bars,
        name="axes",
        title=_("Dépenses par axe"),
        desc=told,
        order=_("Dans l’ordre des axes. Euros dépensés."),
        headings=(_("Axe"), _("Dépensé")),
        palette={},
    )
    yield Figure(chart, told, book.source.removeprefix(_("Source : ")), "")


def actions(book: Book) -> Iterator[Piece]:
    yield Heading(_("Les actions"))
    for axis, found in groups(book):
        yield Heading(axis_name(axis), 2)
        for action in found:
            yield from one_action(book, action)


def one_action(book: Book, action: ActionOfYear) -> Iterator[Piece]:
    yield Heading(f"{action.sequence}. {action.title}", 3, aside=about(action))
    for account in action.accounts:
        if account.done:
            yield Paragraph(signed(account.by, account.done))
    if not action.accounts:
        yield Paragraph(_("Aucun bilan écrit n’est approuvé pour cette action."), "small")
    if action.figures:
        yield figures_table(book, action)


def about(action: ActionOfYear) -> str:
    operators = ", ".join(one.name for one in action.partners if one.role == "operator")
    return words.dot(
        action.code,
        action.state_label,
        action.health_label if action.health != "good" else "",
        _("en retard : %(why)s") % {"why": action.late} if action.late and action.late != action.health_label else "",
        _("opérateur : %(names)s") % {"names": operators} if operators else "",
        "" if action.in_version else _("hors de la version en vigueur"),
    )


def signed(by: str, text: str) -> str:
    return _("%(by)s : %(text)s") % {"by": by, "text": text} if by else text


def figures_table(book: Book, action: ActionOfYear, caption: str = "") -> Grid:
    rows = tuple(
        (
            figure.indicator,
            book.value(action, figure),
            words.number(figure.target) if figure.target is not None else _("pas de cible"),
            book.previous(action, figure),
            book.how(action, figure),
        )
        for figure in action.figures
    )
    headings = (_("Indicateur"), str(book.data.facts.year), _("Cible"), str(book.data.facts.year - 1), _("Comment compté"))
    return Grid(caption, headings, rows, widths=(3, 2.3, 1.2, 1.2, 3.6), note=book.source)


def indicators(book: Book) -> Iterator[Piece]:
    yield Heading(_("Les indicateurs"))
    for action in book.data.actions:
        if action.figures:
            yield figures_table(book, action, f"{action.sequence}. {action.title}")


def partners(book: Book) -> Iterator[Piece]:
    yield Heading(_("Les partenaires"))
    served: dict[str, list[str]] = {}
    for action in book.data.actions:
        for partner in action.partners:
            role = _("opérateur") if partner.role == "operator" else ""
            served.setdefault(partner.name, []).append(f"{action.sequence} ({role})" if role else str(action.sequence))
    if not served:
        yield Paragraph(_("Aucun partenaire n’est inscrit aux actions de cette année."))
        return
    money = {one.label: one.money for one in book.data.by_partner}
    rows = tuple(
        (name, ", ".join(numbers), words.cents(money[name].spent) if name in money else _("inconnu"))
        for name, numbers in sorted(served.items(), key=lambda item: item[0].casefold())
    )
    yield Grid(
        _("Qui prend part à quoi"),
        (_("Organisation"), _("Actions"), _("Dépensé par ces actions")),
        rows,
        1,
        (3, 3, 2),
        _("Une action à plusieurs partenaires compte chez chacun : ne pas additionner.") + " " + book.source,
    )


def evaluation(book: Book) -> Iterator[Piece]:
    yield Heading(_("Ce que cela a apporté, ce qui a été difficile"))
    told = False
    for action in book.data.actions:
        lines = [line for account in action.accounts for line in _evaluated(account)]
        if lines:
            told = True
            yield Heading(f"{action.sequence}. {action.title}", 2)
            yield Points(tuple(lines))
    if not told:
        yield Paragraph(_("Aucune évaluation n’est approuvée pour cette année."))
    else:
        yield Paragraph(_("Ce que disent les publics est rapporté par l’équipe et les partenaires."), "small")


def _evaluated(account: AccountOfYear) -> Iterator[str]:
    by = f" ({account.by})" if account.by else ""
    for title, text in (
        (_("Apports"), account.benefits),
        (_("Difficultés"), account.difficulties),
        (_("Ce qu’en disent les publics"), account.feedback),
    ):
        if text:
            yield _("%(title)s%(by)s : %(text)s") % {"title": title, "by": by, "text": text}


def commission(book: Book) -> Iterator[Piece]:
    yield Heading(_("La commission d’accompagnement"))
    if not book.data.meetings:
        yield Paragraph(_("Aucune réunion tenue n’est inscrite pour cette année."))
    for meeting in book.data.meetings:
        yield Heading(_("%(body)s, %(day)s") % {"body": meeting.body, "day": words.day(meeting.held_on)}, 2)
        present = _("inconnu") if meeting.attendees is None else words.number(meeting.attendees)
        adopted = (
            _("procès-verbal approuvé le %(day)s") % {"day": words.day(meeting.minutes_adopted_on)} if meeting.minutes_adopted_on else ""
        )
        yield Paragraph(words.dot(_("Personnes présentes : %(count)s") % {"count": present}, adopted), "small")
        if meeting.decisions:
            yield Points(tuple(words.dot(f"{one.number}. {one.text}", one.kind, one.vote) for one in meeting.decisions))
        if meeting.kept_back:
            kept = ngettext(
                "%(count)s décision, dans un procès-verbal qui n’est pas public.",
                "%(count)s décisions, dans un procès-verbal qui n’est pas public.",
                meeting.kept_back,
            )
            yield Paragraph(kept % {"count": meeting.kept_back}, "small")
        if meeting.to_do:
            rows = tuple((one.text, one.owner, words.day_or(one.due_on), one.status) for one in meeting.to_do)
            yield Grid(_("Suites à donner"), (_("Quoi"), _("Qui"), _("Pour le"), _("État")), rows, widths=(4, 2, 1.6, 1.2))
