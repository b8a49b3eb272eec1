"""Reading a published plan: the reading rules, and what a line says when it cannot be read."""

from hypothesis import given
from hypothesis import strategies as st

from tissage.core.plan_page import read_plan_page

MARKS = {"ART 20": "art20", "article 20": "art20"}
PAGE = """
Le plan poursuit deux objectifs :

  • Réduire les inégalités ;
  • Construire une société solidaire.

Les 3 droits répartis en 2 axes :

  • le droit au travail ;
  • le droit à la santé.

La commission est chargée de :

  • L’échange des informations ;
  • L’examen de l’évaluation.

  Actions
 01  1.1.06 Écoles de devoirs ART 20 ASBL Le Fil
02 3.1.06Santé pour tous
03 1.1.06 Aide aux leçons, … Art. 20 Maison Rouge
04 3.5.02 Rencontres de l’« Article 27 »

Concrètement, le plan complète 12 dispositifs.
"""


def read(text, marks=MARKS):
    return read_plan_page(enumerate(text.splitlines(), start=1), marks)


def lines(*rows):
    return read("\n".join(rows))


def test_lines_give_number_code_title_basis_and_operator():
    page = read(PAGE)
    assert [(one.number, one.code, one.title, one.basis, one.operator) for one in page.actions] == [
        (1, "1.1.06", "Écoles de devoirs", "art20", "ASBL Le Fil"),
        (2, "3.1.06", "Santé pour tous", "", ""),
        (3, "1.1.06", "Aide aux leçons, …", "art20", "Maison Rouge"),
        (4, "3.5.02", "Rencontres de l’« Article 27 »", "", ""),
    ]
    assert page.problems == ()
    assert page.codes == ("1.1.06", "3.1.06", "3.5.02")


def test_objectives_and_axes_are_read_and_no_other_list():
    page = read(PAGE)
    assert page.objectives == ("Réduire les inégalités", "Construire une société solidaire")
    assert page.axes == ("le droit au travail", "le droit à la santé")


def test_a_repeated_code_is_a_notice_that_names_its_lines():
    (notice,) = read(PAGE).notices
    assert (notice.column, notice.value) == ("code", "1.1.06")
    assert notice.message == "Le code 1.1.06 sert à 2 actions (1, 3)\N{NO-BREAK SPACE}: chacune est gardée."


def test_a_wrong_code_a_missing_code_a_lost_line_and_a_missing_title_are_problems_with_their_place():
    page = lines("01 1.1.06 Une", "02 1.1.6 Deux", "03 Trois sans code", "suite d’un titre", "04 1.1.07", "05 1.1.08 Cinq")
    assert [(one.line, one.column, one.value) for one in page.problems] == [
        (2, "code", "02 1.1.6 Deux"),
        (3, "code", "03 Trois sans code"),
        (4, "ligne", "suite d’un titre"),
        (5, "titre", "04 1.1.07"),
    ]
    assert "« 1.1.6 »".replace(" ", "\N{NO-BREAK SPACE}") in page.problems[0].message
    assert [one.number for one in page.actions] == [1, 5]


def test_two_lines_of_the_same_number_are_a_problem_and_a_gap_is_a_notice():
    page = lines("01 1.1.06 Une", "01 1.1.07 Une autre", "04 1.1.08 Quatre")
    assert [(one.line, one.column) for one in page.problems] == [(2, "numéro")]
    assert "2, 3" in page.notices[0].message


def test_headings_between_the_actions_are_no_problem():
    page = lines("01 1.1.06 Une", "Axe 2 : le logement", "", "02 2.4.01 Deux")
    assert (page.problems, len(page.actions)) == ((), 2)


def test_a_mark_without_operator_is_said():
    page = lines("01 1.1.06 Une ART 20")
    assert (page.actions[0].basis, page.actions[0].operator) == ("art20", "")
    assert [one.column for one in page.notices] == ["opérateur"]


def test_article_27_is_an_operator_and_no_legal_basis():
    page = lines("01 5.5.01 Rencontres ART 20 ASBL Article 27", "02 5.5.02 Sorties avec Article 20bis")
    assert [(one.basis, one.operator) for one in page.actions] == [("art20", "ASBL Article 27"), ("", "")]


def test_without_marks_nothing_is_cut_from_a_title():
    page = read("01 1.1.06 Une ART 20 ASBL Fil", marks={})
    assert (page.actions[0].title, page.actions[0].basis) == ("Une ART 20 ASBL Fil", "")


def test_a_page_without_any_action_is_empty():
    assert read("Bonjour\n\n12 personnes").actions == ()


WORDS = st.text(st.characters(whitelist_categories=("Lu", "Ll")), min_size=1, max_size=12)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(0, 99), WORDS), min_size=1, max_size=40))
def test_every_well_formed_line_is_read_back(rows):
    text = [f"{number:02d} {axis}.{theme}.{rank:02d} {title}" for number, (axis, theme, rank, title) in enumerate(rows, start=1)]
    page = read("\n".join(text), marks={})
    assert [(one.number, one.code, one.title) for one in page.actions] == [
        (number, f"{axis}.{theme}.{rank:02d}", title) for number, (axis, theme, rank, title) in enumerate(rows, start=1)
    ]
    assert page.problems == ()


@given(st.text(max_size=400))
def test_any_text_is_read_without_a_crash(text):
    page = read(text)
    assert len({one.number for one in page.actions}) == len(page.actions)
