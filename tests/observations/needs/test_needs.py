"""Technical assistance needs: recorded with an observation, frozen with its list, worded in the document."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import translation

from core.errors import ServiceError
from dialogue.exchange.selectors import articles_under_review
from observations.needs.models import AssistanceNeed, AssistanceType
from observations.needs.selectors import needs_published, types_for
from observations.needs.services import MOST, NeedInput
from observations.observations.services import ObservationInput
from observations.publications.services import publish_text
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation, ObservationRevision
from observations.texts.selectors import headings_of
from observations.versions.selectors import standing_version
from observations.wording.blueprint import Block
from observations.wording.documents import current_document, document_of
from observations.wording.paragraphs import paragraphs_of
from reviews.programme.models import Instrument
from tests import journey
from tests.at_once import copy_observation, edit_observation, lay_on_table
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]
SUGGESTION, NEED = 2, 3  # places of headings


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("observations")


def the_list(scene: Cast, slug: str = "untoc") -> AgreedText:
    return AgreedText.objects.get(review=scene.review, instrument__slug=slug, kind=TextKind.LIST_OF_OBSERVATIONS)


def of_type(key: str, slug: str = "untoc", **more: Any) -> NeedInput:
    return NeedInput(AssistanceType.objects.get(instrument__slug=slug, key=key), **more)


def given(scene: Cast, *needs: NeedInput, heading: int = NEED, **more: Any) -> ObservationInput:
    articles = list(articles_under_review(scene.review, Instrument.objects.get(slug="untoc"))[:2])
    facts = {"needs": needs, **more}
    return ObservationInput(headings_of(scene.review)[heading], articles, "Training is needed.", **facts)


def draft(scene: Cast, *needs: NeedInput) -> Observation:
    text = the_list(scene)
    return journey.write_observation(
        scene.review, scene.same_group_expert, text, "Training is needed.", heading=NEED, needs=needs
    )


def tabled(scene: Cast, *needs: NeedInput) -> Observation:
    return lay_on_table(actor=scene.same_group_focal_point, observation=draft(scene, *needs))


def kept(observation: Observation) -> list[tuple[str, list[int], str, str, str, str]]:
    columns = ("type__key", "article_numbers", "priority", "received", "received_from", "description")
    return list(AssistanceNeed.objects.filter(observation=observation).values_list(*columns))


def below_the_observation(scene: Cast, instrument: str = "untoc") -> list[str]:
    blocks = document_of(the_list(scene, instrument)).blocks
    place = next(number for number, block in enumerate(blocks) if block.is_written)
    return [block.text for block in blocks[place + 1 :] if block.kind == "item"]


def test_each_list_of_types_in_the_questionnaires_is_known() -> None:
    """The fourth instrument has no article in the third cluster."""
    found = set()
    for number in range(1, 5):
        file = Path(settings.BASE_DIR) / f"fixtures/mechanisms/untoc/questionnaires/cluster-{number}.json"
        for part in json.loads(file.read_text("utf-8"))["parts"]:
            types = types_for(Instrument.objects.get(slug=part["instrument"]))
            known = {wording for each in types for wording in (each.name_en, *each.wordings)}
            items = [item for section in part["sections"] for item in section["items"]]
            lists = [item for item in items if item["options"] and known.issuperset(item["options"])]
            assert [len(item["options"]) for item in lists] == [len(types)], (number, part["instrument"])
            found.add((number, part["instrument"]))
    assert len(found) == 15


def test_a_need_is_recorded_with_its_observation(scene: Cast) -> None:
    need = of_type("training", priority="high", received_from="  A neighbour ", description="Case\nstudies.")
    observation = draft(scene, need, of_type("mentor"))
    assert kept(observation) == [
        ("training", [], "high", "yes", "A neighbour", "Case studies."),
        ("mentor", [], "", "", "", ""),
    ]
    (first, _second) = ObservationRevision.objects.get(observation=observation).needs
    assert (first["type"], first["received_from"]) == ("training", "A neighbour")


def test_a_form_without_needs_leaves_them_and_one_with_others_replaces_them(scene: Cast) -> None:
    observation = draft(scene, of_type("training"))
    articles, actor = list(observation.articles.all()), scene.same_group_expert
    words = ObservationInput(observation.heading, articles, "Other words.")
    edited = edit_observation(actor=actor, observation=observation, given=words, base=1)
    assert (edited.revision, [need[0] for need in kept(observation)]) == (2, ["training"])
    same = ObservationInput(observation.heading, articles, "Other words.", needs=[of_type("training")])
    assert edit_observation(actor=actor, observation=observation, given=same, base=2).revision == 2, "nothing to save"
    other = ObservationInput(observation.heading, articles, "Other words.", needs=[of_type("mentor")])
    assert edit_observation(actor=actor, observation=observation, given=other, base=2).revision == 3
    assert [need[0] for need in kept(observation)] == ["mentor"]
    elsewhere = ObservationInput(headings_of(scene.review)[SUGGESTION], articles, "Other words.")
    edit_observation(actor=actor, observation=observation, given=elsewhere, base=3)
    assert kept(observation) == [], "no needs below another heading"


@pytest.mark.parametrize(
    ("field", "heading", "need"),
    [
        ("needs", SUGGESTION, {"key": "training"}),
        ("need-2-type", NEED, {"key": "training-justice", "slug": "tip"}),
        ("need-2-articles", NEED, {"key": "training", "articles": (31,)}),
        ("need-2-priority", NEED, {"key": "training", "priority": "urgent"}),
        ("need-2-received_from", NEED, {"key": "training", "received": "no", "received_from": "A neighbour"}),
        ("need-2-received_from", NEED, {"key": "training", "received_from": "A" * 301}),
        ("need-2-description", NEED, {"key": "training", "description": "Unseen\u202e"}),
    ],
)
def test_what_is_wrong_is_said_of_its_field(scene: Cast, field: str, heading: int, need: dict[str, Any]) -> None:
    observation = draft(scene)
    wrong = given(scene, of_type("mentor"), of_type(**need), heading=heading)
    with pytest.raises(ServiceError) as refused, transaction.atomic():
        edit_observation(actor=scene.same_group_expert, observation=observation, given=wrong, base=1)
    assert refused.value.field == field
    assert (kept(observation), Observation.objects.get(pk=observation.pk).revision) == ([], 1)


def test_at_most_ten_are_recorded(scene: Cast) -> None:
    with pytest.raises(ServiceError, match="at most 10"):
        draft(scene, *[of_type("training")] * (MOST + 1))


def test_another_wording_takes_them_along(scene: Cast) -> None:
    source = tabled(scene, of_type("training", priority="low"))
    words = ObservationInput(source.heading, list(source.articles.all()), "Another wording.")
    copy = copy_observation(actor=scene.other_group_expert, source=source, given=words, base=1)
    assert kept(copy) == kept(source) == [("training", [], "low", "", "", "")]


def test_the_document_says_them_below_the_observation(scene: Cast) -> None:
    source = of_type("training", priority="high", received_from="a neighbour", description="Case studies.")
    tabled(scene, source, of_type("mentor", received="no"))
    assert below_the_observation(scene) == [
        "Capacity-building through the training of practitioners or trainers (article 2). Priority: high. Assistance "
        "is already being received from: a neighbour. Case studies.",
        "On-site assistance by a mentor or relevant expert (article 2). No assistance is being received yet.",
    ]
    (paragraph,) = (each for each in paragraphs_of(document_of(the_list(scene))).values() if each.is_written)
    assert paragraph.words.startswith("Training is needed.\n\nCapacity-building"), "a change of a need is one of words"


def test_it_is_worded_in_the_language_of_the_text(scene: Cast) -> None:
    tabled(scene, of_type("training", priority="high"))
    with translation.override("ar"):
        assert below_the_observation(scene)[0].startswith("Capacity-building")
    AgreedText.objects.filter(pk=the_list(scene).pk).update(language="ar")
    assert below_the_observation(scene) == [
        "بناء القدرات من خلال تدريب الممارسين أو المدربين (المادة 2). الأولوية: عالية."
    ]


def test_a_document_without_needs_has_nothing_that_it_did_not_have(scene: Cast) -> None:
    tabled(scene)
    document = document_of(the_list(scene)).as_json()
    names = {"kind", "text", "level", "number", "is_written", "public_text", "link", "grounds"}
    assert {name for block in document["blocks"] for name in block} == names == set(Block.__slots__)


def test_what_is_agreed_stays(scene: Cast) -> None:
    observation = tabled(scene, of_type("training"))
    text = the_list(scene)
    journey.agree_on(text)
    agreed = current_document(text)
    need = AssistanceNeed.objects.get(observation=observation)
    for change in (need.delete, lambda: AssistanceNeed.objects.update(description="Other words.")):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()
    AssistanceType.objects.filter(pk=need.type_id).update(name_en="Another name")
    assert current_document(AgreedText.objects.get(pk=text.pk)) == agreed


def test_those_of_public_lists_alone_are_given_out(scene: Cast) -> None:
    tabled(scene, of_type("training"))
    text = the_list(scene)
    journey.agree_on(text)
    assert needs_published(scene.review.mechanism) == []
    text = the_list(scene)
    version = standing_version(text)
    publish_text(actor=scene.focal_point, text=text, sha256=version.sha256, names_experts=False)
    (row,) = needs_published(scene.review.mechanism)
    assert (row.type.key, row.version) == ("training", 1)
