"""Personal data pointed out in a statement, for the person who reads before publication (`spiral.md` §16.5).

Pointing out only: nothing is removed, nothing passes because nothing was found. Rare facts that betray somebody
(« le seul boulanger du village ») no pattern can see: the reader does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

EMAIL, URL, IBAN, REGISTER, PHONE, PLATE, ADDRESS, NAME = "email", "url", "iban", "register", "phone", "plate", "address", "name"

HINTS = {
    EMAIL: "Adresse e-mail",
    URL: "Adresse web : elle peut mener à une personne",
    IBAN: "Numéro de compte bancaire",
    REGISTER: "Numéro de registre national",
    PHONE: "Numéro de téléphone",
    PLATE: "Plaque d’immatriculation",
    ADDRESS: "Adresse postale",
    NAME: "Nom de personne possible",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A span of the text, `start` included and `end` excluded, what it may be, and a hint in French."""

    start: int
    end: int
    kind: str
    text: str

    @property
    def hint(self) -> str:
        return HINTS[self.kind]


def find_personal_data(text: str) -> tuple[Finding, ...]:
    """What looks like personal data, in the order of the text, never overlapping: the surer kind wins."""
    found: list[Finding] = []
    for kind, spans in _FINDERS:
        for start, end in spans(text):
            if all(end <= other.start or start >= other.end for other in found):
                found.append(Finding(start, end, kind, text[start:end]))
    return tuple(sorted(found, key=lambda finding: finding.start))


def mark(text: str) -> list[tuple[str, Finding | None]]:
    """The text cut into pieces, each with what it may be or None: joined again, they are the text."""
    pieces: list[tuple[str, Finding | None]] = []
    at = 0
    for finding in find_personal_data(text):
        if finding.start > at:
            pieces.append((text[at : finding.start], None))
        pieces.append((finding.text, finding))
        at = finding.end
    if at < len(text):
        pieces.append((text[at:], None))
    return pieces


Spans = Callable[[str], Iterator[tuple[int, int]]]


def _pattern(*expressions: str, flags: int = 0, when: Callable[[str], bool] = lambda found: True) -> Spans:
    compiled = [re.compile(expression, flags) for expression in expressions]

    def spans(text: str) -> Iterator[tuple[int, int]]:
        for expression in compiled:
            yield from (match.span() for match in expression.finditer(text) if when(match.group()))

    return spans


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_iban(text: str) -> bool:
    """ISO 13616: the four first characters moved to the end, letters as numbers, remainder 1 by 97."""
    bare = re.sub(r"\s", "", text).upper()
    if not 15 <= len(bare) <= 34:
        return False
    return int("".join(str(int(character, 36)) for character in bare[4:] + bare[:4])) % 97 == 1


def _is_register_number(text: str) -> bool:
    """Belgian national register: the last two digits complete the nine first to 97 (with a 2 before them from 2000 on)."""
    digits = _digits(text)
    body, check = digits[:9], int(digits[9:])
    return check in (97 - int(body) % 97, 97 - int("2" + body) % 97)


def _is_phone(text: str) -> bool:
    count = len(_digits(text))
    return 9 <= count <= 15 if text.lstrip().startswith(("+", "00")) else 9 <= count <= 10


_UPPER = "A-ZÀ-ÖØ-Þ"
_WORD = rf"[{_UPPER}][\w’'-]*\w"
_NUMBER = r"\d{1,4}(?:\s?(?:bis|ter)\b|[a-zA-Z]\b)?"
_LINK = r"(?:de\s+la\s+|de\s+l[’']|du\s+|des\s+|de\s+|d[’']|aux?\s+|à\s+la\s+)"
_SURE_STREET = r"(?:rue|avenue|av\.|chauss[ée]e|boulevard|bd\.?|bld\.?|ruelle|venelle|dr[èe]ve)"
_STREET = r"(?:place|quai|impasse|all[ée]e|clos|chemin|route|square|sentier|cit[ée]|r[ée]sidence|cour|passage|faubourg)"
_PARTICLE = r"(?:de|du|des|la|le|van|von|der|den|de\s+la|el|al|ben|bin|da|dos)"

# Capitalised words that begin a sentence or name an institution, a place or a feast rather than a person.
_NOT_A_NAME = frozenset(
    """
    le la les l un une des du de d mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces je tu il elle
    on nous vous ils elles avec sans pour par chez dans sur sous entre vers à au aux en et ou mais donc or ni car si que qui quand
    comme plus moins tout tous toute toutes avoir être etre vivre aller faire voir habiter visiter aimer aider the a my our in at
    of and with het een mijn ons op der die das ein eine mein unser maison centre plan service services ville commune conseil
    europe union école ecole collège lycée université institut hôpital hopital clinique croix rouge restos cœur coeur secours
    populaire saint sainte noël noel pâques paques toussaint gare place rue avenue quartier cité parc bois lac mer grand grande
    petit petite haut haute bas basse nord sud est ouest région region province pays belgique belge france wallonie flandre
    bruxelles mons paris espace public publique cohésion cohesion sociale social action aide jeunes jeunesse aînés ainés amis
    association asbl club comité comite fête fete festival journée journee semaine lundi mardi mercredi jeudi vendredi samedi
    dimanche janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre décembre decembre amérique
    amerique afrique asie océan facebook internet google whatsapp première premiere guerre mondiale nations unies premier ministre
    code civil sécurité securite bourgmestre
    """.split()  # noqa: SIM905 - a list of words reads better as words
)


def _names(text: str) -> Iterator[tuple[int, int]]:
    for expression in _TOLD_NAMES:
        yield from (match.span("name") for match in expression.finditer(text))
    for match in _TWO_WORDS.finditer(text):
        words = re.findall(r"[^\W\d_]+", match.group().casefold())
        if not any(word in _NOT_A_NAME for word in (words[0], words[-1])):
            yield match.span()


_TWO_WORDS = re.compile(
    rf"(?<![\w’'-])[{_UPPER}][a-zß-ÿ]+(?:-[{_UPPER}]?[a-zß-ÿ]+)?\s+(?:{_PARTICLE}\s+)?{_WORD}(?:\s+{_WORD}){{0,2}}(?![\w])"
)
_TOLD_NAMES = (
    re.compile(
        rf"(?<!\w)(?P<name>(?:M\.|Mr\.?|Mme|Mlle|Monsieur|Madame|Mademoiselle|Dr\.?|Docteur|Maître|Mevrouw|Meneer|Mijnheer|Herr|Frau|Mrs\.?|Ms\.?|Miss)"
        rf"\s+(?:{_PARTICLE}\s+)?{_WORD}(?:\s+{_WORD})?)"
    ),
    re.compile(
        r"(?<!\w)(?i:je\s+m[’']appelle|il\s+s[’']appelle|elle\s+s[’']appelle|mon\s+nom\s+est|mon\s+pr[ée]nom\s+est|pr[ée]nomm[ée]e?|nomm[ée]e?|ik\s+heet|"
        rf"mijn\s+naam\s+is|my\s+name\s+is|ich\s+hei(?:ß|ss)e|mein\s+name\s+ist)\s+(?P<name>[\w’'-]+(?:\s+(?:{_PARTICLE}\s+)?[{_UPPER}][\w’'-]+)?)"
    ),
)

_FINDERS: tuple[tuple[str, Spans], ...] = (
    (EMAIL, _pattern(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", r"[\w.+%-]+\s?(?:\(at\)|\[at\]|\(arobase\))\s?[\w-]+(?:\.[\w-]+)+")),
    (URL, _pattern(r"\bhttps?://[^\s<>»]*[^\s<>».,;:!?)]", r"\bwww\.[^\s<>»]*[^\s<>».,;:!?)]", flags=re.IGNORECASE)),
    (IBAN, _pattern(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,4})?\b", flags=re.IGNORECASE, when=_is_iban)),
    (REGISTER, _pattern(r"(?<!\d)\d{2}[. ]?\d{2}[. ]?\d{2}[-. ]?\d{3}[-. ]?\d{2}(?!\d)", when=_is_register_number)),
    (
        PHONE,
        _pattern(
            r"(?<![\w+])(?:\+|00)\s?[1-9](?:[\s./()-]{0,3}\d){7,13}(?!\d)",
            r"(?<![\w.,])0[1-9](?:[\s./-]?\d){7,8}(?![\s./-]?\d)",
            when=_is_phone,
        ),
    ),
    (
        PLATE,
        _pattern(
            r"\b[1-9][- ][A-Z]{3}[- ]\d{3}\b",
            r"\b[1-9][A-Z]{3}\d{3}\b",
            r"\b[A-Z]{3}-\d{3}\b",
            r"\b\d{3}-[A-Z]{3}\b",
            r"\b[A-Z]{2}-\d{3}-[A-Z]{2}\b",
            r"\b[A-Z]{1,3}-[A-Z]{1,2} \d{1,4}\b",
        ),
    ),
    (
        ADDRESS,
        _pattern(
            rf"\b{_NUMBER}\s?,?\s+(?i:{_SURE_STREET}|{_STREET})\s+(?:(?i:{_LINK})?[\w’'-]*[^\W\d_][\w’'-]*)(?:\s+(?:{_PARTICLE}\s+)?{_WORD}){{0,3}}",
            rf"(?i:\b{_SURE_STREET})\s+(?:(?i:{_LINK})[\w’'-]*[^\W\d_]|{_WORD})[\w’'-]*(?:\s+[\w’'-]+){{0,3}}?\s*,?\s*(?:n[°o.]?\s*)?\b{_NUMBER}\b",
            rf"(?i:\b{_STREET})\s+(?i:{_LINK})?{_WORD}(?:\s+[\w’'-]+){{0,3}}?\s*,?\s*(?:n[°o.]?\s*)?\b{_NUMBER}\b",
            rf"\b(?i:[\w’'-]*(?:straat|laan|steenweg|plein|dreef|kaai|straße|strasse|str\.|gasse|platz|weg))\s+{_NUMBER}\b",
            rf"\b\d{{1,4}}[a-z]?\s+(?:{_WORD}\s+){{1,3}}(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Drive|Square|Gardens)\b",
        ),
    ),
    (NAME, _names),
)
