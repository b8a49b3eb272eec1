"""What a workshop leaves while it is live, beside the rest of the secret world: its hall, phones, languages; and second coders."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from tests.conftest import NOW
from tissage.people.models import Territory, User
from tissage.voices.models import (
    Batch,
    BlindCoding,
    Coding,
    Criterion,
    DoubleCoding,
    Event,
    Expression,
    Hall,
    HomogeneousGroup,
    Phone,
    Proposition,
    Question,
    Recording,
    Round,
    ScreenLanguage,
    ScreenSentence,
    SheetPhoto,
    WorkshopQuestion,
)

if TYPE_CHECKING:
    from tests.architecture.public_world import World


def live_hall(world: World, group: HomogeneousGroup, code: str, *, wording: str, consent: str) -> Hall:
    """A hall whose first question is open: whoever holds its code meets the wording and the consent, and no word of anybody."""
    territory = group.territory
    workshop = group.workshops.get()
    event = Event.objects.create(
        territory=territory, name=world.secret("name of an event"), held_on=workshop.held_on, place=world.secret("place of an event")
    )
    hall = Hall.objects.create(
        workshop=workshop,
        event=event,
        table_name=world.secret("name of a table", 60),
        code=code,
        languages=["fr", "ps"],
        consent_text=consent,
        opened_at=NOW,
    )
    batch = Batch.objects.create(territory=territory, kind=Batch.Kind.HALL, state=Batch.State.STAGING, made_at=NOW)
    asked = Question.objects.get(territory=territory, code="WB")
    WorkshopQuestion.objects.create(workshop=workshop, question=asked, wording=wording, language="nl", position=1)
    round_ = Round.objects.create(hall=hall, question=asked, opened_at=NOW, batch=batch)
    waiting = Question.objects.get(territory=territory, code="IB")
    WorkshopQuestion.objects.create(workshop=workshop, question=waiting, wording=world.secret("wording of a question not asked yet"))
    Round.objects.create(hall=hall, question=waiting, position=1)
    phone = Phone.objects.create(hall=hall, token_hash=uuid.uuid4().hex, number=1, joined_at=NOW, seen_at=NOW)
    for text, language in ((world.secret("answer in an open hall"), "fr"), (world.secret("answer in another language"), "nl")):
        Expression.objects.create(
            uuid=uuid.uuid4(),
            phone=phone,
            territory=territory,
            group=group,
            question=asked,
            workshop=workshop,
            batch=batch,
            text=text,
            language=language,
            french_text=world.secret("French of an answer"),
            recorded_at=NOW,
        )
    photo = SheetPhoto.objects.create(workshop=workshop, width=1, height=1, added_at=NOW, delete_on=workshop.held_on)
    recording = Recording.objects.create(round=round_, language="fr", content_type="audio/ogg", size=1, recorded_at=NOW)
    world.keep("recording", recording.uuid)
    world.keep("event", event.pk)
    world.keep("round", round_.pk)
    world.keep("phone", phone.pk)
    world.keep("photo", photo.uuid)
    return hall


def town_language(world: World, territory: Territory) -> None:
    """A language that the town filled: its sentences are on the phones, who read them again is the team's."""
    language = ScreenLanguage.objects.create(
        territory=territory, code="ps", name=world.public("name of a town's language"), is_right_to_left=True, filled_at=NOW
    )
    ScreenSentence.objects.create(
        language=language,
        key="welcome_title",
        text=world.public("sentence of a town's language"),
        reviewed_by=world.secret("who read a language again", 120),
    )


def coded_again(world: World, territory: Territory, by: User) -> None:
    """A second coder, and a disagreement settled: the team's own work."""
    criterion = Criterion.objects.filter(territory=territory, component="A03").order_by("pk").first()
    assert criterion is not None
    sample = DoubleCoding.objects.create(territory=territory, label=world.secret("label of a sample"), coder=by, drawn_at=NOW)
    first = Coding.objects.filter(criterion=criterion).get()
    Coding.objects.filter(pk=first.pk).update(memo=world.secret("memo of a coding"))
    blind = BlindCoding.objects.create(
        sample=sample,
        criterion=criterion,
        first=first,
        component="D03",
        memo=world.secret("memo of a second coder"),
        settled_note=world.secret("note of a disagreement"),
        coded_at=NOW,
    )
    world.keep("proposition", *Proposition.objects.filter(territory=territory).values_list("pk", flat=True))
    world.keep("sample", sample.pk)
    world.keep("blind", blind.pk)
