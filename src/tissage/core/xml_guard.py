"""XML from outside, read without what makes it dangerous, and XML that leaves, written without what makes it unreadable.

A document type declaration is refused before anything of it is obeyed: no entity is ever defined, so none can point outside or grow
(« billion laughs »). Depth is bounded. Nothing is fetched.
"""

from __future__ import annotations

import re
from xml.parsers import expat

MOST_DEPTH = 200
_DELICATE = re.compile('[&<>"\n\r\t\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]')
_DELICATE_CONTENT = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


class DangerousXml(ValueError):
    """The document declares a type or entities, or is too deep: it is not read."""


def guarded_parser() -> expat.XMLParserType:
    """An expat parser that names elements « namespace local » and raises `DangerousXml` on a document type or an entity."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        raise DangerousXml("document type")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse  # type: ignore[assignment]
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.buffer_text = True
    return parser


def xml_text(text: str) -> str:
    """A text as the content of an element or of an attribute between double quotes; what XML cannot hold becomes U+FFFD.

    >>> xml_text('a < "b"')
    'a &lt; &quot;b&quot;'
    """
    return _DELICATE.sub(_entity, text)


def xml_content(text: str) -> str:
    """The same for the content of an element only, where line ends and quotes may stand as they are."""
    return _DELICATE_CONTENT.sub(_entity, text)


def _entity(found: re.Match[str]) -> str:
    return _ENTITIES.get(found.group(), "\ufffd")
