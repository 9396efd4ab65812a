"""An agreed list of a review with what must not become public around it, and the addresses of its publication."""

from typing import Any

from django.urls import reverse

from accounts.people.models import User
from observations.naming.services import answer_naming
from observations.publications.services import publish_text
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Publication, TextVersion
from observations.versions.selectors import standing_version
from reviews.cases.enums import Side
from reviews.cases.models import Participation, Review
from tests import journey, utils
from tests.utils import Cast

CANARY = "canary-7f3a"
EXPERT = "Ilse Quandorf"
FOCAL_POINT = "Abel Tordesilla"
LIST = "/en/published/"


def agree_on_lists(cast: Cast) -> Cast:
    """A stage of the cast: its lists are agreed, and beside the first one lies another State's draft."""
    rename(cast.expert, EXPERT)
    rename(cast.focal_point, FOCAL_POINT)
    utils.take_cast_to("observations", cast)
    author = journey.focal_point_of(cast.review, Side.REVIEWING)
    text = journey.list_of(cast.review)
    journey.write_observation(cast.review, author, text, f"A draft, {CANARY}.")
    journey.write_lists(cast.review)
    journey.agree_on_all(cast.review, TextKind.LIST_OF_OBSERVATIONS)
    return utils.fresh(cast)


def rename(user: User, name: str) -> None:
    user.full_name = name
    user.save()


def fresh(text: AgreedText) -> AgreedText:
    return AgreedText.objects.select_related("review__mechanism", "review__step", "instrument").get(pk=text.pk)


def address_of(text: AgreedText, *more: str) -> list[str]:
    return [text.review.mechanism.slug, text.review.code, text.instrument.slug, text.kind, *more]


def preview_of(text: AgreedText) -> str:
    return reverse("observations:publication-preview", args=address_of(text))


def publish_address(text: AgreedText) -> str:
    return reverse("observations:publish", args=address_of(text))


def end_address(text: AgreedText) -> str:
    return reverse("observations:publication-end", args=address_of(text))


def public_page(text: AgreedText) -> str:
    return reverse("observations:publication-detail", args=address_of(text))


def file_of(text: AgreedText, ending: str) -> str:
    return reverse("observations:publication-file", args=address_of(text, ending))


def version_of(text: AgreedText) -> TextVersion:
    version = standing_version(text)
    assert version is not None
    return version


def let_names_stand(cast: Cast) -> None:
    """Each expert of the review agrees that the own name is published."""
    for part in Participation.objects.filter(review=cast.review, role="governmental_expert", ended_at=None):
        answer_naming(actor=part.user, review=Review.objects.get(pk=cast.review.pk), agrees=True)


def make_public(cast: Cast, text: AgreedText, **more: Any) -> Publication:
    return publish_text(actor=cast.focal_point, text=text, sha256=version_of(text).sha256, **more)


def messages_of(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def rows_of(page: Any) -> list[tuple[str, str, str]]:
    return [
        (row.agreed_text.review.code, row.agreed_text.instrument.slug, row.agreed_text.kind)
        for row in page.context["page"].object_list
    ]
