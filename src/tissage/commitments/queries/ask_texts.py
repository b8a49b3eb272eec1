"""A set of asks as plain values: its text as it is hashed, its table as it is exported."""

from __future__ import annotations

from tissage.commitments.models import AskSet
from tissage.commitments.models.asks import plain
from tissage.core.ask_rows import AskRow
from tissage.core.ask_text import AskWords, CategoryText, SetText


def text_of(ask_set: AskSet) -> SetText:
    """What freezing hashes. Two queries."""
    asks = ask_set.asks.select_related("category").order_by("position", "pk")
    return SetText(
        code=ask_set.code,
        title=ask_set.title,
        introduction=ask_set.introduction,
        language=ask_set.language,
        selection_rule=ask_set.selection_rule,
        counted_competences=tuple(ask_set.counted_competences),
        categories=tuple(CategoryText(one.code, one.label, plain(one.weight)) for one in ask_set.categories.order_by("position", "pk")),
        asks=tuple(
            AskWords(
                code=ask.code,
                category=ask.category.code,
                kind=ask.kind,
                text=ask.text,
                rationale=ask.rationale,
                competence=tuple(ask.competence),
                verifiable=ask.verifiable,
                success_criterion=ask.success_criterion,
                weight=plain(ask.weight),
            )
            for ask in asks
        ),
    )


def rows_of(ask_set: AskSet) -> list[AskRow]:
    """The table of a set, to take away and bring back."""
    return [
        AskRow(
            code=ask.code,
            kind=ask.kind,
            category=ask.category.code,
            category_label=ask.category.label,
            text=ask.text,
            rationale=ask.rationale,
            competence=tuple(ask.competence),
            verifiable=ask.verifiable,
            success_criterion=ask.success_criterion,
            weight=ask.weight,
            proof_hint=ask.proof_hint,
            source_ref=ask.source_ref,
            legal_mapping_note=ask.legal_mapping_note,
        )
        for ask in ask_set.asks.select_related("category").order_by("position", "pk")
    ]
