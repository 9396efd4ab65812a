"""The questionnaires of the mechanism that a new portal has, as its files give them."""

from functools import cache
from pathlib import Path

from questionnaires.definitions.definition import QuestionnaireDefinition
from questionnaires.files import content

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "mechanisms" / "untoc"
CLUSTERS = ("I", "II", "III", "IV")


@cache
def load_definitions() -> tuple[QuestionnaireDefinition, ...]:
    return content.load_definitions(FIXTURES)


def load_definition(cluster: str) -> QuestionnaireDefinition:
    return next(definition for definition in load_definitions() if definition.cluster == cluster)
