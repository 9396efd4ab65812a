"""What the tests of the pages of texts do before a page is opened, and read on it."""

from html import unescape
from typing import Any

from django.utils.html import strip_tags

from observations.observations.services import ObservationInput
from observations.texts.models import AgreedText, Observation, TextVersion
from tests import journey
from tests.at_once import edit_observation, lay_on_table, propose_version
from tests.utils import Cast

TEXTS = "/en/untoc/reviews/1-XVE/texts/"
LIST, SUMMARY = f"{TEXTS}untoc/list_of_observations/", f"{TEXTS}untoc/summary/"


def table(cast: Cast, text: AgreedText, words: str) -> Observation:
    written = journey.write_observation(cast.review, cast.same_group_focal_point, text, words)
    return lay_on_table(actor=cast.same_group_focal_point, observation=written)


def change(cast: Cast, words: str) -> None:
    """A colleague changes the observation on the table."""
    observation = Observation.objects.get(room=None)
    given = ObservationInput(observation.heading, list(observation.articles.all()), words)
    edit_observation(actor=cast.same_group_focal_point, observation=observation, given=given, base=observation.revision)


def propose(cast: Cast, text: AgreedText) -> TextVersion:
    return propose_version(actor=cast.same_group_focal_point, text=AgreedText.objects.get(pk=text.pk))


def shown_sha256(page: Any) -> str:
    return page.context["version"].sha256 if page.context["version"] else page.context["draft_sha256"]


def words_of(page: Any) -> str:
    return " ".join(unescape(strip_tags(page.content.decode())).split())


def status_of(text: AgreedText) -> str:
    return AgreedText.objects.get(pk=text.pk).status
