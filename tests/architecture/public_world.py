"""Two territories full of secrets, one page of which anybody may open; and a crawler that opens everything it finds.

Every free text holds an XSS canary and a word of its own: a secret one, which no stranger may ever meet, or a public one, which must
be met somewhere (else the crawl found nothing and would prove nothing).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.architecture.asked_world import NOT_FREE_OF_ASKS, asked_of
from tests.architecture.conftest import CANARY, ROUTES
from tests.architecture.gathered_secrets import NOT_FREE_OF_GATHERINGS, gathered_of
from tests.architecture.hsds_world import every_identifier
from tests.architecture.live_world import coded_again, live_hall, town_language
from tests.architecture.plan_world import NOT_FREE_OF_PLANS, plan_of
from tests.architecture.promised_secrets import NOT_FREE_OF_PROMISES, promised_of
from tests.conftest import NOW
from tests.synthesis.voices import say
from tissage.frameworks.models import Crosswalk, Framework, FrameworkChoice, FrameworkVersion, Node, Phrase
from tissage.people.exchange.kept_files import PHOTOS, keep
from tissage.people.models import Invitation, Membership, Territory, User
from tissage.people.operations import invite
from tissage.synthesis import operations, queries
from tissage.synthesis.models import SheetLink, Synthesis, SynthesisLine
from tissage.voices.models import (
    Batch,
    Change,
    Coding,
    ColumnMapping,
    CommonWording,
    Expression,
    HomogeneousGroup,
    Proposition,
    Question,
    RainbowGroup,
    RainbowMark,
    RainbowWorkshop,
    SheetPhoto,
    Workshop,
    WorkshopQuestion,
)
from tissage.voices.operations import open_territory


@dataclass
class World:
    """What was written: secret words with the field they stand in, public words likewise, and the key of every object by argument name."""

    secrets: dict[str, str] = field(default_factory=dict)
    published: dict[str, str] = field(default_factory=dict)
    values: dict[str, set[Any]] = field(default_factory=dict)

    def secret(self, where: str, size: int = 0) -> str:
        word = f"zq{len(self.secrets):03d}qz"
        self.secrets[word] = where
        return f"{CANARY}{word}" if not size or size > len(CANARY) + len(word) else word

    def public(self, where: str) -> str:
        word = f"vu{len(self.published):03d}uv"
        self.published[word] = where
        return f"{CANARY} {word}"

    def met(self, words: dict[str, str], text: str) -> set[str]:
        return {f"{where} ({word})" for word, where in words.items() if word in text}

    def keep(self, name: str, *values: Any) -> None:
        self.values.setdefault(name, set()).update(values)


def make_world() -> World:
    world = World()
    version = _nomenclature(world)
    _public_territory(world, version)
    _closed_territory(world, version)
    return world


def _nomenclature(world: World) -> FrameworkVersion:
    """A nomenclature of its own: nothing in it is a secret, its labels go out with a publication."""
    framework = Framework.objects.get(slug="spiral")
    framework.name, framework.description = world.public("framework"), CANARY
    framework.save()
    version = FrameworkVersion.objects.create(framework=framework, label=world.public("version of a framework"), source=CANARY, note=CANARY)
    parents: dict[str, Node] = {}
    for position, (kind, code, parent) in enumerate(
        [("dimension", "A", ""), ("dimension", "D", ""), ("component", "A01", "A"), ("component", "A03", "A"), ("component", "D03", "D")]
    ):
        parents[code] = Node.objects.create(
            version=version,
            kind=kind,
            code=code,
            parent=parents.get(parent),
            labels={"fr": world.public(f"label of {code}") if code in ("A", "A01") else f"Nom de {code} {CANARY}"},
            keys={"fr": f"Clé {CANARY}"},
            source=CANARY,
            status="confirmed",
            position=position,
        )
    Phrase.objects.create(node=parents["A01"], text=CANARY, search=CANARY)
    Crosswalk.objects.create(source=parents["A01"], to_version=version, target=parents["A03"], note=CANARY, made_at=NOW)
    FrameworkVersion.objects.filter(pk=version.pk).update(published_at=NOW)
    world.keep("version", version.pk)
    return version


def _person(world: World, territory: Territory, role: str) -> User:
    number = len(world.secrets)
    user = User.objects.create_user(email=f"zq{number}mail@example.org", name=world.secret(f"name of a {role}", 120))
    world.secrets[f"zq{number}mail"] = f"address of a {role}"
    membership = Membership.objects.create(user=user, territory=territory, role=role, since=NOW)
    world.keep("pk", membership.pk)
    invited = invite(territory=territory, email=f"zq{number}guest@example.org", role="reader", by=user, now=NOW)
    Invitation.objects.filter(pk=invited.invitation.pk).update(name=world.secret("name of a guest", 120))
    world.secrets[f"zq{number}guest"] = "address of a guest"
    world.keep("pk", invited.invitation.pk)
    return user


def _group(
    world: World, territory: Territory, participants: int | None, consent: str, public_name: str, *, is_shown: bool = False
) -> HomogeneousGroup:
    by = User.objects.filter(memberships__territory=territory).first()
    group = HomogeneousGroup.objects.create(
        territory=territory,
        name=world.secret("group name"),
        source_name=world.secret("name of a group in its file"),
        public_name=public_name,
        audience=world.secret("audience"),
        participants_count=participants,
        participants_stated_by=by,
        consent=consent,
    )
    world.keep("group", group.pk)
    workshop = Workshop.objects.create(
        territory=territory,
        group=group,
        held_on=dt.date(2026, 10, 1),
        place=world.secret("place"),
        other_facilitators=world.secret("other facilitators"),
        note=world.secret("note of a workshop"),
    )
    world.keep("workshop", workshop.pk)
    _handed(world, workshop)
    asked = Question.objects.get(territory=territory, code="WB")
    # What a group was asked may go out with its answers; what a hidden group was asked tells who it is.
    wording = f"Formulation {CANARY}" if is_shown else world.secret("wording asked in a workshop")
    WorkshopQuestion.objects.create(workshop=workshop, question=asked, wording=wording)
    return group


def _handed(world: World, workshop: Workshop) -> None:
    """A photo of a sheet, and a link that the group accepted: whoever holds it reads the group's words, and nobody else meets it."""
    photo = SheetPhoto.objects.create(workshop=workshop, width=1, height=1, added_at=NOW, delete_on=NOW.date())
    keep(PHOTOS, photo.uuid, world.secret("photo of a sheet").encode())
    world.keep("photo", photo.uuid)
    SheetLink.objects.create(
        workshop=workshop, token=world.secret("link to a sheet", 1), made_at=NOW, expires_on=timezone.localdate() + dt.timedelta(days=90)
    )


def _batch(world: World, territory: Territory, kind: str = Batch.Kind.IMPORT) -> Batch:
    batch = Batch.objects.create(
        territory=territory,
        kind=kind,
        state=Batch.State.APPLIED,
        label=world.secret("label of a batch"),
        file_name=world.secret("file name"),
        report={"step": "preview", "description": world.secret("report")},
        made_at=NOW,
        applied_at=NOW,
    )
    ColumnMapping.objects.create(
        territory=territory,
        header_hash="x",
        mapping={"text": world.secret("mapping")},
        defaults={"group": world.secret("default")},
        used_at=NOW,
    )
    world.keep("batch", batch.uuid)
    return batch


def _said(world: World, batch: Batch, group: HomogeneousGroup, text: str, code: str, question: str = "WB", **more: Any) -> Any:
    """A criterion with everything that hangs on it and never goes out."""
    proposition = Proposition.objects.create(
        territory=group.territory, component="A01", text=world.secret("proposition"), corrected_text=world.secret("corrected proposition")
    )
    criterion = say(
        group,
        text,
        code,
        question,
        batch=batch,
        **{
            "proposition": proposition,
            "source": world.secret("source", 40),
            "external_id": world.secret("external id", 80),
            "search": world.secret("search"),
            "sort_key": world.secret("sort key", 80),
            "source_created": world.secret("date of the source", 40),
            "source_modified": world.secret("date of the source", 40),
            **more,
        },
    )
    Coding.objects.create(
        criterion=criterion,
        component=criterion.component,
        facet=world.secret("facet", 30),
        memo=world.secret("memo of a coding"),
        coded_at=NOW,
        origin="human",
        status="validated",
    )
    expression = Expression.objects.create(
        territory=group.territory,
        group=group,
        question=criterion.question,
        criterion=criterion,
        batch=batch,
        text=world.secret("expression"),
        french_text=world.secret("expression in French"),
        recorded_at=NOW,
    )
    Change.objects.create(
        batch=batch, criterion=criterion, before={"text": world.secret("text before")}, after={"text": world.secret("after")}
    )
    world.keep("criterion", criterion.pk)
    world.keep("expression", expression.pk)
    return criterion


def _crossed(world: World, criterion: Any) -> None:
    """A rainbow workshop that marked a criterion and agreed a wording: the business of members, whatever was published."""
    rainbow = RainbowGroup.objects.create(territory=criterion.territory, name=world.secret("rainbow group"), created_at=NOW)
    rainbow.groups.set([criterion.group])
    workshop = RainbowWorkshop.objects.create(
        territory=criterion.territory,
        rainbow=rainbow,
        held_on=NOW.date(),
        place=world.secret("place of a rainbow workshop"),
        note=world.secret("note of a rainbow workshop"),
    )
    RainbowMark.objects.create(workshop=workshop, criterion=criterion, mark="contested", note=world.secret("note of a mark"), marked_at=NOW)
    wording = CommonWording.objects.create(
        workshop=workshop, component=criterion.component, text=world.secret("common wording"), agreed_at=NOW
    )
    wording.criteria.set([criterion])
    world.keep("rainbow", rainbow.pk)
    world.keep("rainbow_workshop", workshop.pk)
    world.keep("wording", wording.pk)


def _territory(world: World, slug: str, version: FrameworkVersion, **more: Any) -> Territory:
    territory = open_territory(slug=slug, now=NOW, **more)
    FrameworkChoice.objects.filter(territory=territory).update(version=version)
    world.keep("territory", slug)
    _person(world, territory, "coordinator")
    _person(world, territory, "reader")
    return territory


def _freeze(world: World, territory: Territory, by: User, title: str, note: str, groups: tuple[int, ...] = ()) -> Synthesis:
    synthesis = operations.freeze_synthesis(territory=territory, title=title, note=note, groups=groups, by=by, now=NOW)
    world.keep("number", synthesis.number)
    world.keep("line", *synthesis.lines.values_list("pk", flat=True))
    return synthesis


def read_as_they_are(synthesis: Synthesis, by: User | None = None) -> None:
    keys = [shown.line.id for shown in queries.lines_to_read(synthesis, size=500)]
    operations.read_lines_as_they_are(synthesis=synthesis, lines=keys, by=by, now=NOW)


def _public_territory(world: World, version: FrameworkVersion) -> None:
    territory = _territory(
        world, "ouverte", version, name=world.public("territory name"), description=world.public("description"), visibility="public"
    )
    coordinator = User.objects.get(memberships__territory=territory, memberships__role="coordinator")
    batch = _batch(world, territory)
    Question.objects.filter(territory=territory, code="WB").update(title=world.public("title of a question asked"), wording=CANARY)
    hidden = Question.objects.create(
        territory=territory, code="AUT", title=world.secret("title of a question", 120), wording=world.secret("wording of a question")
    )
    world.keep("question", *Question.objects.filter(territory=territory).values_list("pk", flat=True))
    named = _group(world, territory, 9, "statements", world.public("public name"), is_shown=True)
    nameless = _group(world, territory, 12, "statements", "", is_shown=True)
    counted = _group(world, territory, 8, "statistics", world.public("public name of a group that is only counted"), is_shown=True)
    refusing = _group(world, territory, 20, "none", world.secret("public name of a group without consent"))
    small = _group(world, territory, 3, "statements", world.secret("public name of a small group"))
    other_small = _group(world, territory, 2, "statements", world.secret("public name of another small group"))
    unknown = _group(world, territory, None, "statements", world.secret("public name of a group of unknown size"))
    _group(world, territory, 2, "none", world.secret("public name of a silent group"))

    spoken = _said(world, batch, named, world.public("statement"), "A01/P", language="nl", french_text=world.public("statement in French"))
    _crossed(world, spoken)
    redacted = _said(
        world, batch, named, world.secret("redacted original"), "D03", french_text=world.secret("French of a redacted original")
    )
    withheld = _said(world, batch, named, world.secret("withheld statement"), "A01/Q", french_text=world.secret("French withheld"))
    _said(world, batch, nameless, world.public("statement of a group without public name"), "A03")
    _said(world, batch, nameless, world.public("statement without code"), "")
    _said(
        world, batch, counted, world.secret("statement of a group that is only counted"), "A01", french_text=world.secret("French counted")
    )
    _said(world, batch, refusing, world.secret("statement without consent"), "A01")
    _said(world, batch, small, world.secret("statement of a small group"), "A01")
    _said(world, batch, unknown, world.secret("statement of a group of unknown size"), "A01")
    _said(world, batch, unknown, world.secret("answer to a question that only a hidden group was asked"), "A01", hidden.code)
    for group in (small, other_small):
        _said(world, batch, group, world.public("statement of small groups together"), "A03/O", "IB")
    withdrawal = {"withdrawn_at": NOW, "withdrawn_reason": world.secret("reason of a withdrawal")}
    _said(world, batch, named, world.secret("withdrawn statement"), "A01", **withdrawal)

    first = _freeze(world, territory, coordinator, world.public("title"), world.public("note"))
    line = SynthesisLine.objects.get(synthesis=first, criterion=redacted)
    operations.read_line(
        line=line,
        decision="redacted",
        public_text=world.public("redacted text"),
        reason=world.secret("reason of a redaction"),
        by=coordinator,
        now=NOW,
    )
    line = SynthesisLine.objects.get(synthesis=first, criterion=withheld)
    operations.read_line(line=line, decision="withheld", reason=world.secret("reason of a withholding"), by=coordinator, now=NOW)
    read_as_they_are(first, coordinator)
    operations.publish_synthesis(synthesis=first, by=coordinator, now=NOW)

    _said(world, batch, named, world.secret("statement said after the publication"), "A03")
    second = _freeze(world, territory, coordinator, world.secret("title of a version not published"), world.secret("its note"))
    read_as_they_are(second, coordinator)
    alone = _freeze(world, territory, coordinator, world.secret("title of a publication taken back"), world.secret("its note"), (named.pk,))
    read_as_they_are(alone, coordinator)
    operations.publish_synthesis(synthesis=alone, by=coordinator, now=NOW)
    operations.withdraw_publication(synthesis=alone, reason="Une erreur", by=coordinator, now=NOW)

    town_language(world, territory)
    coded_again(world, territory, coordinator)
    plan_of(world, territory, coordinator, told=world.public)
    asked_of(world, territory, coordinator, told=world.public, published=True)
    promised_of(world, territory, coordinator, told=world.public)
    gathered_of(world, territory, told=world.public)
    # Its code is on posters: a stranger may have read it.
    consent, wording = world.public("consent of an open hall"), world.public("wording of an open question")
    world.keep("door", live_hall(world, named, "B2C3D4F5", wording=wording, consent=consent).code)


def _closed_territory(world: World, version: FrameworkVersion) -> None:
    territory = _territory(world, "fermee", version, name=world.secret("closed territory"), description=world.secret("closed description"))
    coordinator = User.objects.get(memberships__territory=territory, memberships__role="coordinator")
    Question.objects.filter(territory=territory).update(title=world.secret("closed question", 120), wording=world.secret("closed wording"))
    world.keep("question", *Question.objects.filter(territory=territory).values_list("pk", flat=True))
    group = _group(world, territory, 30, "statements", world.secret("public name of a closed group"))
    _crossed(world, _said(world, _batch(world, territory), group, world.secret("closed statement"), "A01"))
    synthesis = _freeze(world, territory, coordinator, world.secret("closed title"), world.secret("closed note"))
    read_as_they_are(synthesis, coordinator)
    operations.publish_synthesis(synthesis=synthesis, by=coordinator, now=NOW)
    plan_of(world, territory, coordinator, told=world.secret)
    asked_of(world, territory, coordinator, told=world.secret, published=False)
    promised_of(world, territory, coordinator, told=world.secret)
    gathered_of(world, territory, told=world.secret)
    # A hall whose code nobody gave to the stranger; `HELD_DOOR` opens it to whoever holds it.
    live_hall(world, group, HELD_DOOR, wording=world.secret("closed wording in a hall"), consent=world.secret("closed consent"))


# What whoever holds the code of a hall meets, of a territory that shows nothing else to a stranger.
HELD_DOOR = "G6H7J8K9"
BEHIND_THE_DOOR = {
    "closed territory",
    "public name of a closed group",
    "wording asked in a workshop",
    "closed wording in a hall",
    "closed consent",
}

# Free texts of the tables that the world leaves empty on purpose: codes, languages, hashes, and what the site itself writes.
NOT_FREE = {
    **NOT_FREE_OF_PLANS,
    **NOT_FREE_OF_ASKS,
    **NOT_FREE_OF_PROMISES,
    **NOT_FREE_OF_GATHERINGS,
    "User": {"password", "email", "language"},
    "Territory": {"slug"},
    "Invitation": {"email", "token_hash"},
    "Entry": {"verb", "object_type", "object_id", "fields", "numbers"},
    "Seal": {"previous_hash", "hash"},
    "Framework": {"slug"},
    "Node": {"kind", "code", "extra"},
    "Phrase": {"language"},
    "Batch": {"source_format", "file_sha256"},
    "ColumnMapping": {"header_hash"},
    "HomogeneousGroup": {"language"},
    "Question": {"code"},
    "WorkshopQuestion": {"language"},
    "Proposition": {"component", "sense"},
    "Criterion": {"language", "dimension", "component", "sub_component", "letter", "sense", "beneficiary"},
    "Coding": {"component", "sub_component", "sense", "beneficiary", "facet"},
    "Expression": {"language"},
    "Hall": {"code", "languages"},
    "Phone": {"token_hash", "language"},
    "ScreenLanguage": {"code"},
    "ScreenSentence": {"key"},
    "BlindCoding": {"component", "sub_component", "sense", "beneficiary", "facet"},
    "Synthesis": {"selection", "suppression", "cube", "public_cube"},
    "Recording": {"language", "content_type"},
    "CommonWording": {"component"},
    "SheetLink": {"token"},
    "SynthesisLine": {"question", "component", "sub_component", "sense", "letter", "beneficiary", "language"},
}


def texts_without_canary() -> list[str]:
    """Text fields of our tables in which no row holds the canary."""
    from django.apps import apps

    bare = []
    for model in apps.get_models():
        if not model.__module__.startswith("tissage."):
            continue
        for one in model._meta.concrete_fields:
            free = isinstance(one, (models.CharField, models.TextField, models.JSONField)) and not one.choices
            if free and one.name not in NOT_FREE.get(model.__name__, ()):
                rows = model._default_manager.values_list(one.name, flat=True)
                if not any(CANARY in str(value).replace("\\'", "'") for value in rows):
                    bare.append(f"{model.__name__}.{one.name}")
    return bare


# --- The crawler ----------------------------------------------------------------------------------------------


class Links(HTMLParser):
    """Every address that a page offers by GET: links, pictures, htmx, and forms with each of their choices."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._form: tuple[str, list[tuple[str, str]]] | None = None
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.found += [given[name] for name in ("href", "src", "hx-get", "data-src") if given.get(name)]
        if tag == "form":
            self._form = (given.get("action", ""), []) if given.get("method", "get").lower() == "get" else None
        elif self._form is not None and tag == "input" and given.get("name"):
            self._form[1].append((given["name"], given.get("value", "")))
        elif self._form is not None and tag == "select":
            self._select = given.get("name", "")
        elif self._form is not None and tag == "option" and self._select:
            self._form[1].append((self._select, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            action, choices = self._form
            self.found += [f"{action}?{urlencode([choice])}" for choice in choices] + [action]
            self._form = None
        elif tag == "select":
            self._select = ""


FILES = {"pdf", "docx", "xlsx", "csv", "paroles", "json", "dictionnaire"}


def every_address(world: World, kinds: set[str]) -> Iterator[str]:
    """Every named address of the site, filled with every object there is; of the files, those of these kinds."""
    more = {
        "dimension": {"A", "D"},
        "component": {"A01", "A03", "D03"},
        "code": {"A01"},
        "picture": {"dimensions", "groupes", "questions", "lettres", "entendus", "composantes", "ateliers", "avancement"},
        "token": {"unknown"},
        "sheet": {"unknown"},
        "paper": {"invitation", "cartes", "questions-a4"},
        "key": {"unknown-key"},
        "uidb36": {"1"},
        "provider_id": {"ville"},
        "part": {"deux-idees"},
        "language": {"ps"},
        **every_identifier(),
    }
    values = {**world.values, **more}
    for route in ROUTES:
        filled = values | {"kind": kinds if "number" in route.arguments else {"component"}}
        if route.name.startswith("phones:"):
            filled |= {"code": values["door"]}
        choices = [sorted(filled[name], key=str) for name in route.arguments]
        # Of objects counted by the dozen, the first and the last: one of each territory.
        choices = [
            (choice[:2] + choice[-2:] if isinstance(choice[0], int) and name != "number" else choice)
            for name, choice in zip(route.arguments, choices, strict=True)
        ]
        for chosen in itertools.product(*choices):
            yield reverse(route.name, kwargs=dict(zip(route.arguments, chosen, strict=True)))


def text_of(answer: Any) -> str:
    """Everything an answer says: headers, and its body whatever the format, files inside files and their properties included."""
    body: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    said = [f"{name}: {value}" for name, value in answer.headers.items()]
    if body.startswith(b"%PDF"):
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError

        with contextlib.suppress(PyPdfError):  # a proof that somebody uploaded may be called a PDF and be none: its bytes are read below
            reader = PdfReader(io.BytesIO(body))
            said += [page.extract_text() for page in reader.pages] + [str(reader.metadata), str(reader.trailer["/Root"].get("/Metadata"))]
        said.append(body.decode("latin-1"))
    elif body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            said += [f"{name} {archive.read(name).decode('utf-8', 'replace')}" for name in archive.namelist()]
    else:
        said.append(body.decode("utf-8", "replace"))
    return "\n".join(said)


@dataclass
class Crawl:
    opened: dict[str, int] = field(default_factory=dict)
    leaks: dict[str, set[str]] = field(default_factory=dict)
    canaries: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    @property
    def ok(self) -> set[str]:
        return {address for address, status in self.opened.items() if status == 200}


def crawl(
    world: World, client: Client, *, start: Iterable[str] = ("/",), kinds: set[str] = FILES, but: tuple[str, ...] = (), only: str = "/"
) -> Crawl:
    """Opens `start`, every address filled with every object, and every link met; files of other kinds and paths under `but` aside.

    Under `only`, nothing but `start` and its links.
    """
    aside = tuple(f"/telecharger/{kind}/" for kind in FILES - kinds)
    result = Crawl()
    waiting = [*start, *(every_address(world, kinds) if only == "/" else ())]
    while waiting:
        address = waiting.pop()
        parts = urlsplit(urljoin("http://testserver/", address))
        path = parts.path + ("?" + urlencode(parse_qsl(parts.query, keep_blank_values=True)) if parts.query else "")
        if (
            path in result.opened
            or not path.startswith(only)
            or parts.netloc != "testserver"
            or parts.path.startswith(("/static/", *but))
            or parts.path.endswith(aside)
        ):
            continue
        answer = client.get(path)
        result.opened[path] = answer.status_code
        said = text_of(answer)
        if found := world.met(world.secrets, said):
            result.leaks[path] = found
        result.seen |= {word for word in world.published if word in said}
        kind = answer.headers.get("Content-Type", "")
        if not any(plain in kind for plain in ("csv", "json", "pdf", "calendar")) and "<script>alert" in said:
            result.canaries.append(path)
        if "html" in kind and answer.status_code == 200:
            waiting += [urljoin(path, link) for link in Links(said).found if not link.startswith(("mailto:", "data:", "#"))]
    return result
