"""What I may open in a space: its own roles alone decide; 404 otherwise, for a coordinator of the municipality as for anybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tissage.commitments.models import AskSet, Contestant, Sending, Space
from tissage.people.models import User
from tissage.people.views.doors import person, require

READ, WRITE, OWN = "commitments.read_space", "commitments.write_space", "commitments.own_space"


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is there, in which space, before which set."""

    user: User
    space: Space
    ask_set: AskSet

    @property
    def address(self) -> tuple[str, str]:
        return (self.space.slug, self.ask_set.code)


def space_for(request: HttpRequest, slug: str, permission: str = READ) -> Space:
    spaces = Space.objects.visible_to(request.user).select_related("organization", "territory")
    found = get_object_or_404(spaces, slug=slug)
    require(person(request), permission, found)
    return found


def desk_for(request: HttpRequest, space: str, ask_set: str, permission: str = READ) -> Desk:
    here = space_for(request, space, permission)
    sets = AskSet.objects.filter(space=here).select_related("election", "territory", "owner")
    found = get_object_or_404(sets, code=ask_set)
    found.space = here
    return Desk(person(request), here, found)


def contestant_at(desk: Desk, pk: int) -> Contestant:
    return get_object_or_404(Contestant.objects.select_related("election__space"), pk=pk, election=desk.ask_set.election_id or 0)


def sending_at(desk: Desk, pk: int) -> Sending:
    sendings = Sending.objects.select_related("contestant", "ask_set__space", "ask_set__election", "proof")
    return get_object_or_404(sendings, pk=pk, ask_set=desk.ask_set)
