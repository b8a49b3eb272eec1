"""The space of an association: opened once, its roles given by the association itself, its files kept apart.

Acts in a space are journalled on the space and under no territory: nobody reads them in the journal of a municipality.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from tissage.commitments.models import Space, SpaceFile, SpaceMembership
from tissage.network.exchange.document_kinds import DocumentRefused, check_document
from tissage.network.models import Organization
from tissage.people.exchange.kept_files import forget, forget_strays, keep, path_of
from tissage.people.mail import send_letter
from tissage.people.models import User, fold_email
from tissage.people.operations import record

FILES = "spaces"
"""The folder of files of spaces, beside that of documents."""
KEPT = ("application/pdf", "image/png", "image/jpeg")
RESERVED = ("ouvrir", "nouveau", "publie")
"""Words that the address of a space may not be."""


class SpaceRefused(ValueError):
    """Why nothing changed, in words for the user."""


def note(
    verb: str,
    space: Space,
    *,
    by: User | None,
    now: dt.datetime,
    fields: Iterable[str] = (),
    numbers: dict[str, int] | None = None,
) -> None:
    """One line of the journal of a space: its object is the space, it is of no territory. Never a value, a list's name nor an answer."""
    record(verb=f"commitments.{verb}", by=by, territory=None, on=space, fields=fields, numbers=numbers, now=now)


@transaction.atomic
def create_space(
    *, organization: Organization, slug: str, name: str, owner: User, by: User | None, now: dt.datetime, description: str = ""
) -> Space:
    """Opens the space of an organisation and gives it its first owner. Opening it opens nothing to whoever opens it. Raises `SpaceRefused`."""
    if slug in RESERVED or Space.objects.filter(slug=slug).exists():
        raise SpaceRefused(_("L’adresse « %(slug)s » est déjà prise. Choisissez-en une autre.") % {"slug": slug})
    if Space.objects.filter(organization=organization).exists():
        raise SpaceRefused(_("%(organization)s a déjà un espace.") % {"organization": organization})
    space = Space.objects.create(
        territory=organization.territory,
        organization=organization,
        slug=slug,
        name=name.strip() or organization.name,
        description=description.strip(),
        created_at=now,
    )
    SpaceMembership.objects.create(space=space, user=owner, role=SpaceMembership.Role.OWNER, since=now)
    note("open_space", space, by=by, now=now)
    return space


@transaction.atomic
def change_space(*, space: Space, name: str, description: str, by: User, now: dt.datetime) -> Space:
    moved = [field for field, value in (("name", name.strip()), ("description", description.strip())) if getattr(space, field) != value]
    if moved:
        space.name, space.description = name.strip(), description.strip()
        space.save(update_fields=moved)
        note("change_space", space, by=by, now=now, fields=moved)
    return space


@transaction.atomic
def give_space_role(*, space: Space, email: str, role: str, by: User, now: dt.datetime) -> SpaceMembership:
    """Gives a role to whoever has an account under this address, or changes the one they hold; tells them by mail. Raises `SpaceRefused`."""
    user = User.objects.filter(email=fold_email(email), is_active=True).first()
    if user is None:
        raise SpaceRefused(
            _("Aucun compte à l’adresse %(email)s sur cette installation. Qui l’administre peut en ouvrir un ; donnez le rôle ensuite.")
            % {"email": fold_email(email)}
        )
    held = _locked_roles(space)
    mine = next((one for one in held if one.user_id == user.pk), None)
    if mine is not None and mine.role == role:
        return mine
    if mine is not None:
        _keep_an_owner(held, mine)
        mine.ended_at = now
        mine.save(update_fields=["ended_at"])
    made = SpaceMembership.objects.create(space=space, user=user, role=role, since=now)
    note("give_space_role", space, by=by, now=now, fields=[role])
    link = settings.TISSAGE_ORIGIN.rstrip("/") + reverse("spaces:space", args=[space.slug])
    send_letter("commitments/mail/space_role", to=user.email, language=user.language, space=space, membership=made, by=by, link=link)
    return made


@transaction.atomic
def end_space_role(*, membership: SpaceMembership, by: User, now: dt.datetime) -> None:
    """Ends a role; a space keeps at least one owner. Raises `SpaceRefused`."""
    held = _locked_roles(membership.space)
    mine = next((one for one in held if one.pk == membership.pk), None)
    if mine is None:
        return
    _keep_an_owner(held, mine)
    mine.ended_at = now
    mine.save(update_fields=["ended_at"])
    note("end_space_role", membership.space, by=by, now=now, fields=[mine.role])


@transaction.atomic
def keep_space_file(
    *, space: Space, title: str, upload_name: str, content: bytes, by: User | None, now: dt.datetime, is_public: bool = False
) -> SpaceFile:
    """Keeps a proof: a PDF, a PNG or a JPEG, checked by its content. Raises `DocumentRefused`."""
    name, content_type = check_document(upload_name, content)
    if content_type not in KEPT:
        raise DocumentRefused(_("« %(name)s » n’est ni un PDF ni une image. Attendu : PDF, PNG ou JPEG.") % {"name": name})
    made_uuid = uuid.uuid4()
    keep(FILES, made_uuid, content)
    try:
        return SpaceFile.objects.create(
            space=space,
            uuid=made_uuid,
            title=(title.strip() or name)[:200],
            file_name=name,
            content_type=content_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            is_public=is_public,
            added_by=by,
            added_at=now,
        )
    except BaseException:
        path_of(FILES, made_uuid).unlink(missing_ok=True)
        raise


def read_space_file(file: SpaceFile) -> bytes:
    """The bytes of a file. Raises `FileNotFoundError` when the data folder lost it."""
    return path_of(FILES, file.uuid).read_bytes()


def forget_space_file(file: SpaceFile) -> None:
    """Takes a file away with its row."""
    forget(FILES, file.uuid)
    file.delete()


def delete_stray_space_files(*, now: dt.datetime) -> int:
    """By the clock: files whose row is gone; gives how many."""
    return forget_strays(FILES, list(SpaceFile.objects.values_list("uuid", flat=True)), now=now)


def _locked_roles(space: Space) -> list[SpaceMembership]:
    """The open roles of a space, held until the act is over: two owners who leave at once do not leave it to nobody."""
    Space.objects.select_for_update(of=("self",)).order_by("pk").get(pk=space.pk)
    return list(SpaceMembership.objects.filter(space=space, ended_at__isnull=True).order_by("pk"))


def _keep_an_owner(held: list[SpaceMembership], leaving: SpaceMembership) -> None:
    owners = [one for one in held if one.role == SpaceMembership.Role.OWNER]
    if owners == [leaving]:
        raise SpaceRefused(_("Un espace garde au moins un·e responsable. Nommez d’abord quelqu’un d’autre."))
