"""What a view asks first: who is there, and may they. A page one may not act on does not exist."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from tissage.people.models import Membership, Territory, User


def person(request: HttpRequest) -> User:
    """The person signed in. Every page that is not public has one."""
    assert isinstance(request.user, User)
    return request.user


def require(user: User, permission: str, thing: Any = None) -> None:
    if not user.has_perm(permission, thing):
        raise Http404


def territory_for(request: HttpRequest, slug: str, permission: str) -> Territory:
    """The territory of this address, for somebody who holds this permission in it; 404 otherwise."""
    territory = get_object_or_404(Territory.objects.visible_to(request.user), slug=slug)
    require(person(request), permission, territory)
    return territory


def membership_for(request: HttpRequest, slug: str, pk: int, permission: str) -> Membership:
    """A role held today in this territory, for somebody who holds this permission on it; 404 otherwise."""
    roles = Membership.objects.visible_to(request.user).select_related("user", "territory")
    membership = get_object_or_404(roles, pk=pk, territory__slug=slug)
    require(person(request), permission, membership)
    return membership
