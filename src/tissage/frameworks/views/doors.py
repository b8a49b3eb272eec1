"""What a view asks first: the version this person may see, and whether they may write."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from tissage.frameworks import rules  # noqa: F401 - names the permissions asked below
from tissage.frameworks.models import Framework, FrameworkVersion, Node
from tissage.people.views.doors import person, require


def may_edit(request: HttpRequest) -> bool:
    return person(request).has_perm("frameworks.edit")


def version_for(request: HttpRequest, version: int, *, to_edit: bool = False) -> FrameworkVersion:
    """A version this person may see; with `to_edit`, 404 for whoever does not look after the installation."""
    if to_edit:
        require(person(request), "frameworks.edit")
    return get_object_or_404(
        FrameworkVersion.objects.visible_to(request.user).select_related("framework", "previous__framework"), pk=version
    )


def nomenclature_for(request: HttpRequest, version: int, *, to_edit: bool = False) -> FrameworkVersion:
    """The same, for pages of components, senses and beneficiaries: a plan framework has none."""
    found = version_for(request, version, to_edit=to_edit)
    if found.framework.purpose != Framework.Purpose.NOMENCLATURE:
        raise Http404
    return found


def node_for(version: FrameworkVersion, kind: str, code: str) -> Node:
    node = version.nodes.select_related("version__framework", "parent").filter(kind=kind, code=code).first()
    if node is None:
        raise Http404
    return node
