from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.language.i18n import language
from core.policy import Decision, explain, require
from core.web.pages import Crumb
from core.web.views import PolicyView
from questionnaires.definitions import PlacedSection, VersionIndex, index_of
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.models import Response
from questionnaires.responses.policy import ResponseSection
from questionnaires.responses.selectors.responses import find_item, get_response_at, get_section_for
from questionnaires.responses.selectors.sheets import Sheet, sheet_of, target_of
from questionnaires.wording import official
from reviews.cases.models import Review
from reviews.navigation import UnderReview


class ResponsePage(UnderReview, PolicyView):
    """A page under the address of a review's response: a stranger finds none, the other side is told why not."""

    policy_action = ResponseAction.VIEW_DRAFT
    response: Response

    def get_policy_target(self) -> Any:
        self.response = self.find_response()
        return self.response

    def find_response(self) -> Response:
        return get_response_at(self.user, *self.address)

    @property
    def review(self) -> Review:  # type: ignore[override]
        return self.response.review

    @property
    def index(self) -> VersionIndex:
        return index_of(self.response.version_id)

    def decision(self, action: ResponseAction, target: object = None) -> Decision:
        return explain(self.user, action, target or self.response)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(  # type: ignore[misc]
            review=self.review,
            response=self.response,
            address=self.address,
            official=language(self.index.definition.language),
            answers_language=self.response.language,
            **kwargs,
        )


class BelowResponse(ResponsePage):
    """A page below the self-assessment."""

    def get_trail(self) -> list[Crumb]:
        overview = reverse("questionnaires:response-detail", args=self.address)
        return [*super().get_trail(), Crumb(_("Self-assessment"), overview)]


class SectionPage(BelowResponse):
    """A page of one section: a national contributor finds only those sent to his or her ministry."""

    place: PlacedSection

    def get_policy_target(self) -> ResponseSection:
        super().get_policy_target()
        require(self.user, ResponseAction.VIEW_DRAFT, self.response)
        self.place = self.find_place()
        return ResponseSection(self.response, self.place.pk)

    def find_place(self) -> PlacedSection:
        return get_section_for(self.user, self.response, self.kwargs["instrument"], self.kwargs["section"])

    @property
    def section_url(self) -> str:
        return reverse("questionnaires:section-detail", args=[*self.address, *self.place.address])

    def section_crumb(self, at: str = "") -> Crumb:
        """The step of a trail over a page below the section; ``at``: to which item of it."""
        heading = official(self.place.section.heading, self.index.definition.language)
        return Crumb(heading, f"{self.section_url}{at}")


class ItemPage(SectionPage):
    """A page of one item, addressed by its code."""

    def find_place(self) -> PlacedSection:
        find_item(self.index, self.kwargs["question"])
        return self.index.section_of[self.kwargs["question"]]

    def get_policy_target(self) -> ResponseSection:
        super().get_policy_target()
        return target_of(self.response, self.kwargs["question"])

    @cached_property
    def sheet(self) -> Sheet:
        return sheet_of(self.user, self.response)
