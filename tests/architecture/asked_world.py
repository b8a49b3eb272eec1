"""The space of an association beside the secret world: what it published may be met by anybody, the rest by nobody outside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.architecture.plan_world import Row, _write
from tests.conftest import NOW
from tissage.commitments import models
from tissage.commitments.operations.spaces import FILES
from tissage.network.models import Organization
from tissage.people.exchange.kept_files import keep
from tissage.people.models import Territory, User

if TYPE_CHECKING:
    from tests.architecture.public_world import World

TODAY = NOW.date()
_numbers = count(1)

# Addresses, codes and hashes that the site itself writes.
NOT_FREE_OF_ASKS = {
    "Space": {"slug"},
    "SpaceFile": {"sha256"},
    "AskSet": {"code", "language", "text_sha256", "received_sha256"},
    "AskCategory": {"code"},
    "Ask": {"code"},
    "Sending": {"text_sha256", "token_hash"},
}


def asked_of(world: World, territory: Territory, by: User, *, told: Callable[[str], str], published: bool) -> None:
    """A space of its own. `told` gives the words of what its public page shows when it is `published`, or a secret."""

    def write(model: type[Row], **given: Any) -> Row:
        return _write(world, model, **given)

    number = next(_numbers)
    house = Organization.objects.filter(territory=territory).order_by("pk").first()
    shown = {name: told(f"{name} of a space") for name in ("name", "description")}
    space = write(models.Space, territory=territory, organization=house, slug=f"espace-{number}", **shown)
    role = write(models.SpaceMembership, space=space, user=by, role="owner", since=NOW)
    file = write(models.SpaceFile, space=space, sha256="0" * 64, added_by=by)
    keep(FILES, file.uuid, world.secret("content of a file of a space").encode())
    election = write(models.Election, territory=territory, space=space, name=told("name of an election"), held_on=TODAY)
    said = {name: told(f"{name} of a set") for name in ("title", "introduction", "owner_name", "selection_rule", "neutrality_note")}
    ask_set = write(
        models.AskSet, territory=territory, space=space, election=election, code=f"demandes-{number}", answer_deadline=TODAY, text_sha256="0" * 64, **said
    )  # fmt: skip
    category = write(models.AskCategory, ask_set=ask_set, code="a", label=told("label of a category of asks"))
    words = {name: told(f"{name} of an ask") for name in ("text", "success_criterion")}
    ask = write(models.Ask, ask_set=ask_set, category=category, code="L1", **words)
    contestant = write(models.Contestant, election=election, name=told("name of a list"), list_number=1)
    answer = {"verbatim": told("answer of a list"), "how": told("how of a list"), "received_on": TODAY, "proof": file, "changed_at": NOW}
    write(models.Answer, ask=ask, contestant=contestant, position="yes", published_on=TODAY if published else None, **answer)
    sending = write(
        models.Sending, ask_set=ask_set, contestant=contestant, channel="post", sent_on=TODAY, text_sha256="0" * 64, token_hash=f"s{number}", proof=file
    )  # fmt: skip
    later = TODAY + dt.timedelta(days=1) if published else None
    models.AskSet.objects.filter(pk=ask_set.pk).update(status="frozen", frozen_on=TODAY, published_on=later)
    for name, value in {
        "space": space.slug, "ask_set": ask_set.code, "category": category.pk, "ask": ask.pk, "contestant": contestant.pk, "sending": sending.pk,
        "space_file": file.uuid, "space_role": role.pk,
    }.items():  # fmt: skip
        world.keep(name, value)
