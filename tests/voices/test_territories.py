from tissage.core.codes import parse_code
from tissage.frameworks.queries import territory_nomenclature
from tissage.voices.models import Question


def test_a_new_territory_has_the_three_questions_and_a_nomenclature(territory):
    assert list(Question.objects.filter(territory=territory).values_list("code", flat=True)) == ["WB", "IB", "ACT"]
    assert "enfants" in territory_nomenclature(territory).explain(parse_code("A01-11/P15/k"))
