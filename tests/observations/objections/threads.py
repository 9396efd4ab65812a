"""What the tests of objections do before they look."""

from typing import Any

from accounts.people.models import User
from observations.objections.selectors import Threads, threads_on
from observations.observations.services import ObservationInput
from observations.texts.models import AgreedText, Objection, Observation, TextVersion
from observations.versions.selectors import standing_version
from observations.wording.documents import current_document
from tests.at_once import edit_observation, object_to_version
from tests.observations.clearance.texts import propose
from tests.utils import Cast


def now(text: AgreedText) -> AgreedText:
    return AgreedText.objects.get(pk=text.pk)


def standing(text: AgreedText) -> TextVersion:
    version = standing_version(now(text))
    assert version is not None
    return version


def number_of(text: AgreedText, words: str) -> int:
    """Of the paragraph that says so, in the version that stands or on the table."""
    blocks = current_document(now(text)).blocks
    return next(block.number for block in blocks if block.number and words in block.text)


def object_to(person: User, text: AgreedText, reason: str = "", **points: str) -> list[Objection]:
    """``points``: reasons by a word of the paragraph."""
    given = {number_of(text, words): why for words, why in points.items()}
    sha256 = standing(text).sha256
    return object_to_version(actor=person, text=now(text), sha256=sha256, reason=reason, points=given)


def reword(cast: Cast, observation: Observation, words: str, **more: Any) -> None:
    observation = Observation.objects.get(pk=observation.pk)
    articles = more.get("articles") or list(observation.articles.all())
    given = ObservationInput(more.get("heading", observation.heading), articles, words)
    edit_observation(actor=cast.same_group_focal_point, observation=observation, given=given, base=observation.revision)


def objected(cast: Cast, text: AgreedText, word: str = "first") -> Objection:
    """To one paragraph of the version that is proposed by it, by the State under review."""
    propose(cast, text)
    return object_to(cast.focal_point, text, **{word: "That was not said."})[0]


def threads(person: User, text: AgreedText) -> Threads:
    text = now(text)
    return threads_on(person, text, current_document(text), standing_version(text), None)
