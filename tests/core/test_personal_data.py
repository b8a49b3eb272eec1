"""All examples are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.personal_data import find_personal_data, mark


def kinds(text: str) -> list[tuple[str, str]]:
    return [(finding.kind, finding.text) for finding in find_personal_data(text)]


@pytest.mark.parametrize(
    "number",
    ["0470 12 34 56", "0470/12.34.56", "065 12 34 56", "+32 470 12 34 56", "0032470123456", "+32 (0)65 12 34 56", "06 12 34 56 78", "+33 6 12 34 56 78", "+352 621 123 456"],
)  # fmt: skip
def test_phone_numbers_are_pointed_out(number):
    assert kinds(f"appelez-moi au {number} le soir") == [("phone", number)]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("écrire à jean.exemple@mail.be svp", "email", "jean.exemple@mail.be"),
        ("jean (at) exemple.be", "email", "jean (at) exemple.be"),
        ("voir https://exemple.be/moi.", "url", "https://exemple.be/moi"),
        ("sur www.exemple.be !", "url", "www.exemple.be"),
        ("mon compte BE68 5390 0754 7034", "iban", "BE68 5390 0754 7034"),
        ("compte FR7630006000011234567890189", "iban", "FR7630006000011234567890189"),
        ("né 85.07.30-033.28 à la clinique", "register", "85.07.30-033.28"),
        ("n° 85073003328", "register", "85073003328"),
        ("la voiture 1-ABC-234 roule vite", "plate", "1-ABC-234"),
        ("la voiture AB-123-CD", "plate", "AB-123-CD"),
        ("j’habite 12, rue de la Paix et", "address", "12, rue de la Paix"),
        ("au 5 bis avenue des Tilleuls", "address", "5 bis avenue des Tilleuls"),
        ("rue des écoles 14", "address", "rue des écoles 14"),
        ("chaussée de Binche, 101", "address", "chaussée de Binche, 101"),
        ("Place du Marché 3", "address", "Place du Marché 3"),
        ("in de Kerkstraat 12", "address", "Kerkstraat 12"),
        ("in der Hauptstraße 7", "address", "Hauptstraße 7"),
        ("at 21 Baker Street", "address", "21 Baker Street"),
        ("merci à Mme Dupont", "name", "Mme Dupont"),
        ("le docteur Docteur Petitjean", "name", "Docteur Petitjean"),
        ("M. de Smet m’aide", "name", "M. de Smet"),
        ("je m'appelle karim et", "name", "karim"),
        ("grâce à Jeanne Exemple du quartier", "name", "Jeanne Exemple"),
        ("Jean-Paul Van Damme m’aide", "name", "Jean-Paul Van Damme"),
        ("avec Jean DUPONT", "name", "Jean DUPONT"),
    ],
)  # fmt: skip
def test_what_may_betray_somebody_is_pointed_out(text, kind, found):
    assert kinds(text) == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    [
        "avoir un logement chauffé",
        "dans ma rue il y a 3 lampes cassées",
        "que la place soit plus verte",
        "des bancs sur la place du marché",
        "depuis 2012 on attend, en 2014 rien",
        "le 01/02/2014 à 16:04",
        "gagner 1 500 euros par mois",
        "1.234,50 € de loyer",
        "les bus 12 et 14 passent à 8 h 30",
        "la Croix-Rouge et les Restos du Coeur",
        "Un Plan de Cohésion Sociale utile",
        "aller à la Maison de Jeunes de Mons",
        "La Belgique doit aider les jeunes",
        "secouer (pour remettre les idées en place, dynamiser les personnes dans la détresse)",
        "je veux partir à l'étranger pour aider (amérique du sud, inde…)",
        "le code H03/P25 et A01-11",
        "12345678901 expressions",
        "Noël en famille. Bien manger",
        "le chemin vers la paix",
        "madame la bourgmestre",
    ],
)
def test_ordinary_statements_are_left_alone(text):
    assert kinds(text) == []


def test_a_wrong_control_number_is_no_register_number():
    assert ("register", "85.07.30-033.29") not in kinds("né 85.07.30-033.29")


def test_register_numbers_of_people_born_since_2000_have_their_own_control():
    assert kinds("04.05.17-123.97") == [("register", "04.05.17-123.97")]
    assert kinds("04.05.17-123.71") == []


def test_several_are_told_in_order_and_never_overlap():
    text = "Mme Dupont, 12 rue Haute, 0470 12 34 56, a@b.be"
    assert [kind for kind, _ in kinds(text)] == ["name", "address", "phone", "email"]


def test_each_finding_says_what_it_may_be():
    (finding,) = find_personal_data("a@b.be")
    assert (finding.start, finding.end, finding.hint) == (0, 6, "Adresse e-mail")


pieces = st.lists(st.sampled_from(["0470 12 34 56", " ", "a@b.be", "Mme Dupont", "rue Haute 3", ", ", "bien", "É", "\n", "1-ABC-234"])).map(
    "".join
)


@given(st.one_of(st.text(), pieces))
def test_pieces_joined_are_the_text(text):
    assert "".join(piece for piece, _ in mark(text)) == text
    findings = find_personal_data(text)
    assert all(one.end <= other.start for one, other in pairwise(findings))
    assert all(text[finding.start : finding.end] == finding.text for finding in findings)
