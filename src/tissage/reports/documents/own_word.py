"""A municipality's own Word file: read, its fields listed, filled. A field that is missing is named in red, never blank in silence.

The file is somebody's: it may name fields, loop over our lists, ask « if », and nothing else. What it may say is a short list of
kinds of nodes (`ALLOWED`), in a sandbox without globals: no call, no arithmetic, no attribute that begins with an underscore.
"""

from __future__ import annotations

import difflib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from docx.shared import Pt, RGBColor
from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from tissage.people.exchange.kept_files import path_of
from tissage.reports.models import WordTemplate
from tissage.synthesis.documents.word import plain

from .book import Book
from .fields import FIELDS, TOP, fields_of, inside, missing_field

WORD_TEMPLATES = "word-templates"
"""Folder of the forms that were given, in the data folder."""
MOST_UNPACKED = 60 * 1024 * 1024
DEEPEST = 2
"""Loops inside loops."""
FILTERS = ("upper", "lower", "title", "capitalize", "trim", "join", "length", "default", "d", "first", "last")
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.For, nodes.If, nodes.Not,
    nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Filter,
)  # fmt: skip
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
RED = "B00020"


class FormRefused(ValueError):
    """This Word file is no form; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that a form asks for; `nearest` is what it may have meant when it is not one of ours."""

    name: str
    known: bool
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form filled, and the fields that were missing."""

    content: bytes
    missing: tuple[str, ...]


def check_form(content: bytes) -> tuple[Asked, ...]:
    """The fields a Word file asks for, in order, once each. Raises `FormRefused` when it cannot be read or says what a form may not."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
                raise FormRefused(_("Ce fichier Word est trop lourd une fois déplié."))
        form = DocxTemplate(io.BytesIO(content))
        sources = list(_sources(form))
    except FormRefused:
        raise
    except Exception as error:
        raise FormRefused(_("Ce fichier ne s’ouvre pas comme un document Word (.docx).")) from error
    environment = _environment([])
    asked: dict[str, None] = {}
    for source in sources:
        try:
            tree = environment.parse(source)
        except TemplateError as error:
            raise FormRefused(
                _("Une balise n’est pas bien écrite : %(error)s. Vérifiez les accolades et les « endfor ».") % {"error": error.message}
            ) from error
        _refuse_more(tree)
        for name in _names(tree, {}):
            asked.setdefault(name)
    known = _known()
    return tuple(Asked(name, name in known, "" if name in known else _nearest(name, known)) for name in asked)


def _sources(form: DocxTemplate) -> Iterator[str]:
    """The text of the body, headers, footers, footnotes and properties, as the template engine reads them: whatever it will render."""
    form.render_init()
    yield form.patch_xml(form.get_xml())
    properties = form.docx.core_properties
    yield "\n".join(str(getattr(properties, name, "") or "") for name in PROPERTIES)
    for part in form.docx.part.package.iter_parts():
        if str(part.partname).endswith("/footnotes.xml"):
            yield form.patch_xml(part.blob.decode("utf-8"))
    for uri in (form.HEADER_URI, form.FOOTER_URI):
        for _key, part in form.get_headers_footers(uri):
            yield form.patch_xml(form.get_part_xml(part))


def _refuse_more(tree: nodes.Template, depth: int = 0) -> None:
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, ALLOWED):
            raise FormRefused(
                _("Ce modèle demande plus que des champs, des boucles et des « if » (%(kind)s). Retirez cette balise.")
                % {"kind": type(node).__name__}
            )
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise FormRefused(_("Le filtre « %(name)s » n’est pas permis dans un modèle.") % {"name": node.name})
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            raise FormRefused(_("« %(name)s » n’est pas un champ.") % {"name": node.attr})
    if _depth(tree) > DEEPEST:
        raise FormRefused(_("Ce modèle met trop de boucles l’une dans l’autre."))


def _depth(node: nodes.Node) -> int:
    return (1 if isinstance(node, nodes.For) else 0) + max((_depth(child) for child in node.iter_child_nodes()), default=0)


def _names(node: nodes.Node, items: Mapping[str, str]) -> Iterator[str]:
    """« territoire », « actions.titre ». `items`: variable of a loop → the list it runs over."""
    if isinstance(node, nodes.For):
        listed = node.iter.name if isinstance(node.iter, nodes.Name) else ""
        yield from _names(node.iter, items)
        within = {**items, node.target.name: listed} if isinstance(node.target, nodes.Name) else dict(items)
        for child in (*node.body, *node.else_):
            yield from _names(child, within)
        return
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        name = node.node.name
        if name != "loop":
            yield f"{items.get(name, name)}.{node.attr}"
        return
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in items and node.name != "loop":
        yield node.name
    for child in node.iter_child_nodes():
        yield from _names(child, items)


def _known() -> frozenset[str]:
    return frozenset(TOP) | {f"{field.inside}.{field.name}" for field in FIELDS if field.inside}


def _nearest(name: str, known: frozenset[str]) -> str:
    head, dot, tail = name.rpartition(".")
    among = [f"{head}.{one}" for one in inside(head)] if dot and inside(head) else sorted(known)
    found = difflib.get_close_matches(name, among, 1, 0.5) or difflib.get_close_matches(tail, among, 1, 0.5)
    return found[0] if found else ""


# --- Filling ----------------------------------------------------------------------------------------------------------
def render_own(own: WordTemplate, book: Book) -> Filled:
    """A kept form filled with a book."""
    return fill_form(path_of(WORD_TEMPLATES, own.uuid).read_bytes(), book)


def fill_form(content: bytes, book: Book) -> Filled:
    """A form filled. A draft says « PROJET » in the header of every page."""
    lacking: list[str] = []
    form = DocxTemplate(io.BytesIO(content))
    form.render(_plain(fields_of(book)), _environment(lacking), autoescape=True)
    if book.is_draft:
        _stamp(form)
    stream = io.BytesIO()
    form.save(stream)
    return Filled(stream.getvalue(), tuple(dict.fromkeys(lacking)))


def _plain(value: Any) -> Any:
    """The values without what XML refuses."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else plain(str(value))


def _environment(lacking: list[str]) -> ImmutableSandboxedEnvironment:
    """A sandbox where what is missing is named in red, and remembered in `lacking`."""

    class MissingField(ChainableUndefined):
        __slots__ = ()

        def __html__(self) -> str:
            name = str(self._undefined_name or "?")
            lacking.append(name)
            told = escape(missing_field(name))
            colour = f'<w:rPr><w:b/><w:color w:val="{RED}"/></w:rPr>'
            return f'</w:t></w:r><w:r>{colour}<w:t xml:space="preserve">{told}</w:t></w:r><w:r><w:t xml:space="preserve">'

        def __str__(self) -> Markup:
            return Markup(self.__html__())

        def __iter__(self) -> Iterator[Any]:
            yield self  # an empty list would be silent: one line, whose fields are named

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            return self

    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=MissingField)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    return environment


def _stamp(form: DocxTemplate) -> None:
    for section in form.docx.sections:
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        for header in headers:
            run = header.add_paragraph().add_run(_("PROJET"))
            run.bold, run.font.size, run.font.color.rgb = True, Pt(26), RGBColor(0x55, 0x5E, 0x6E)
