"""A calendar address of the focal point, and the State's agreement to the public page of steps reached."""

from functools import cached_property

from reviews.dates.services import MadeFeed, make_feed
from reviews.speakers.selectors import NominatingState
from reviews.states.models import PublicStatus
from reviews.states.services import agree_to_public_status
from tests.utils import Cast


class Feeds:
    """Made when the first address asks for it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    @cached_property
    def made(self) -> MadeFeed:
        return make_feed(actor=self.cast.focal_point, review=self.cast.review)

    def agree(self) -> None:
        """The mechanism has a public page, and the State under review is on it."""
        mechanism = self.cast.review.mechanism
        PublicStatus.objects.filter(mechanism=mechanism).update(is_open=True)
        place = NominatingState(mechanism, self.cast.state)
        agree_to_public_status(actor=self.cast.focal_point, place=place)
