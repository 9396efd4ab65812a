"""That the words of ``canaries.py`` cover what is confidential, and that those who may meet them do."""

import pytest
from django.db import transaction

from tests.permissions import canaries
from tests.permissions.reading import answer_of, signed_in
from tests.permissions.test_every_url import build_scene
from tests.permissions.urls import PAGES
from tests.permissions.urls_base import STAGES, Scene

READERS = ("focal_point", "same_group_focal_point", "officer")
# Stored, and on no page.
NOT_SHOWN: set[str] = set()


def test_every_field_that_can_hold_words_has_a_rule() -> None:
    ruled = set().union(*(content.names for content in canaries.CONTENT))
    there = set(canaries.text_fields())
    assert sorted(name for name in there - ruled if not canaries.is_without_content(name)) == []
    assert ruled - there == set(), "a rule names a field that is not there"
    assert {name for name in ruled if canaries.is_without_content(name)} == set(), "one says so and the other not so"


@pytest.mark.django_db
def test_those_who_may_meet_the_words_of_a_field_do() -> None:
    """Without this the walk could find no leak only because the words stand nowhere."""
    expected: set[str] = set()
    met: set[str] = set()
    for stage in STAGES:
        with transaction.atomic():
            scene = build_scene(stage)
            words, readers = scene.canaries, set(READERS)
            expected |= {words.fields[word] for word, may in words.readers.items() if may & readers}
            met |= {words.fields[word] for word in words_met(scene, stage)}
            transaction.set_rollback(True)
    assert sorted(expected - met) == sorted(NOT_SHOWN)


def words_met(scene: Scene, stage: str) -> set[str]:
    """On all pages and in all files that the readers may open at this stage."""
    found: set[str] = set()
    for name in READERS:
        client = signed_in(scene.cast.people[name])
        for page in PAGES:
            if page.method == "get" and stage in page.access and name in page.access[stage].may:
                found |= set(canaries.WORD.findall(answer_of(client, page, scene).text))
    return found
