"""A search is no oracle: what it answers to a confidential word, it answers to a word that stands nowhere.

This holds for how many there are and for what is offered instead too, so that nobody can guess at a draft
of another State by looking for its words.
"""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import translation

from tests.permissions.reading import signed_in
from tests.permissions.urls_base import OBSERVATIONS, SENT, Scene

pytestmark = pytest.mark.django_db

# Every address that takes words to look for.
SEARCHES: dict[str, Callable[[Scene], list[str]]] = {
    "reviews:review-list": lambda scene: ["untoc"],
    "reviews:state-list": lambda scene: [],
    "portal:search": lambda scene: [],
    "portal:go": lambda scene: [],
    "api:review-list": lambda scene: ["untoc"],
    "api:search": lambda scene: [],
    "questionnaires:questionnaire-search": lambda scene: [],
    "questionnaires:response-search": lambda scene: scene.review,
    "questionnaires:submission-search": lambda scene: scene.review,
}
# Who may look into the review at all is who might find; the others are asked by `make prove`.
SEEKERS = (
    pytest.param("stranger", marks=pytest.mark.prove),
    pytest.param("bystander", marks=pytest.mark.prove),
    "same_group_expert",
    "officer",
)
NOWHERE = "qz99999q"
# What differs from one answer to the next whatever is looked for.
_CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"')


def one_word_a_field(scene: Scene, seeker: str) -> list[str]:
    """Of those that the seeker must not meet."""
    words = scene.canaries
    return list({name: word for word, name in words.fields.items() if seeker not in words.readers[word]}.values())


@pytest.mark.scene
@pytest.mark.parametrize("seeker", SEEKERS)
@pytest.mark.parametrize("stage", [pytest.param(SENT, marks=pytest.mark.prove), OBSERVATIONS])
def test_a_confidential_word_is_looked_for_as_one_that_stands_nowhere(scene: Scene, stage: str, seeker: str) -> None:
    client = signed_in(scene.cast.people[seeker])

    def answer(address: str, word: str) -> str:
        content = client.get(address, {"q": word}).content.decode()
        return _CHANGING.sub("", content.replace(word, "the word"))

    for name, args in SEARCHES.items():
        with translation.override("en"):
            address = reverse(name, args=args(scene))
        nothing = answer(address, NOWHERE)
        assert {word for word in one_word_a_field(scene, seeker) if answer(address, word) != nothing} == set()


@pytest.mark.scene(SENT)
def test_a_search_finds_what_it_may(scene: Scene) -> None:
    """Without this the test above could look for nothing."""
    with translation.override("en"):
        address = reverse("reviews:review-list", args=["untoc"])
    client = signed_in(scene.cast.same_group_expert)
    found = {
        word: scene.cast.review.code in client.get(address, {"q": word}).content.decode() for word in ("XVE", NOWHERE)
    }
    assert found == {"XVE": True, NOWHERE: False}
