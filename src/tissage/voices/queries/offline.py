"""What a device needs of one workshop to work without a network; nothing of any other, and none of its words."""

from __future__ import annotations

from typing import Any

from tissage.core.hall import spell_code
from tissage.voices.models import Hall

from .halls import hall_rounds, wordings_of
from .screens import offered_languages, screen_languages


def hall_on_a_device(hall: Hall) -> dict[str, Any]:
    """Questions in their order with their wordings, languages with the group's own first, and the code. Four queries.

    `hall` comes with its workshop, group and territory.
    """
    workshop = hall.workshop
    group_language = workshop.group.language or "fr"
    languages = offered_languages(workshop.territory, [group_language, *hall.languages, "fr"])
    directions = {language.code: language.direction for language in screen_languages(None)}
    directions |= {language.code: language.direction for language in languages}
    asked = wordings_of(hall)
    usual = directions["fr"]
    return {
        "id": workshop.pk,
        "title": str(workshop),
        "code": spell_code(hall.code),
        "closed": workshop.closed_at is not None,
        "languages": [{"code": one.code, "name": one.name, "dir": one.direction} for one in languages],
        "questions": [
            {
                "id": one.question_id,
                "code": one.question.code,
                "title": one.question.title,
                "wordings": [
                    {"language": item.language, "dir": directions.get(item.language, "auto"), "text": item.wording}
                    for item in asked.get(one.question_id, [])
                ]
                or [{"language": "fr", "dir": usual, "text": one.question.wording or one.question.title}],
            }
            for one in hall_rounds(hall)
        ],
    }
