"""A response whose questionnaire has a second version, and what is done with it."""

from dataclasses import replace

from questionnaires.assignments.services import assign_sections
from questionnaires.definitions.definition import QuestionnaireDefinition
from questionnaires.definitions.models import ItemMapping, QuestionnaireVersion
from questionnaires.definitions.selectors import index_of
from questionnaires.moving.services import MovePlan, move_response, plan_of
from questionnaires.responses.models import Response
from tests.questionnaires.definitions.test_mapping import with_item
from tests.questionnaires.editing.drafting import cluster, official
from tests.utils import Cast


def second() -> QuestionnaireDefinition:
    """Version 2: question 3 with other words, 2 without its answer "No", 1 (a) gone, 82 gone, 83 new."""
    old = official()
    new = with_item(old, "I.untoc.3", text="Is it a crime?")
    new = with_item(new, "I.untoc.2", options=("Yes", "Yes, in part", "Never"))
    new = with_item(new, "I.untoc.1.a", gone=True)
    new = with_item(new, "I.firearms.82", gone=True)
    section = new.parts[0].sections[0]
    added = replace(section.items[0], number=("83",), code="I.untoc.83", text="What else?", articles=())
    section = replace(section, items=(*section.items, added))
    part = replace(new.parts[0], sections=(section, *new.parts[0].sections[1:]))
    return replace(new, parts=(part, *new.parts[1:]))


def now(cast: Cast) -> Response:
    assert cast.response is not None
    return Response.objects.select_related("version__questionnaire", "review__step", "review__mechanism").get(
        pk=cast.response.pk
    )


def plan(cast: Cast) -> MovePlan:
    found = plan_of(now(cast))
    assert found is not None
    return found


def moved(cast: Cast) -> Response:
    return move_response(cast.focal_point, now(cast), seen=plan(cast).seen)


def say(cast: Cast, **goes: str) -> None:
    """Have items of article 2 and 3 of the Convention's part go elsewhere in version 2: n2="I.untoc.13"."""
    first, last = QuestionnaireVersion.objects.filter(questionnaire__cluster=cluster()).order_by("number")
    for number, new_code in goes.items():
        ItemMapping.objects.create(
            old_version=first,
            new_version=last,
            old_code=f"I.untoc.{number.removeprefix('n')}",
            new_code=new_code,
            decided_by=cast.officer,
        )


def send(cast: Cast, person: str, *slugs: str) -> None:
    index = index_of(now(cast).version_id)
    places = [index.section_at("untoc", slug) for slug in slugs]
    assign_sections(cast.focal_point, now(cast), participation=cast.participations[person], places=places)
