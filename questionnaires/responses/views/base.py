from typing import Any

from core.language.i18n import language
from core.policy import Decision, explain, require
from core.web.views import PolicyView
from questionnaires.definitions import PlacedSection, VersionIndex, index_of
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.models import Response
from questionnaires.responses.policy import ResponseSection
from questionnaires.responses.selectors.responses import get_response_at, get_section_for


class ResponsePage(PolicyView):
    """A page under the address of a review's response: a stranger finds none, the other side is told why not."""

    policy_action = ResponseAction.VIEW_DRAFT
    response: Response

    def get_policy_target(self) -> Any:
        self.response = self.find_response()
        return self.response

    def find_response(self) -> Response:
        return get_response_at(self.user, self.kwargs["mechanism"], self.kwargs["code"])

    @property
    def user(self) -> Any:
        return self.request.user

    @property
    def index(self) -> VersionIndex:
        return index_of(self.response.version_id)

    def decision(self, action: ResponseAction, target: object = None) -> Decision:
        return explain(self.user, action, target or self.response)

    @property
    def address(self) -> list[str]:
        """What the addresses of all pages of the response begin with."""
        return [self.kwargs["mechanism"], self.kwargs["code"]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(  # type: ignore[misc]
            review=self.response.review,
            response=self.response,
            address=self.address,
            official=language(self.index.definition.language),
            answers_language=self.response.language,
            **kwargs,
        )


class SectionPage(ResponsePage):
    """A page of one section: a national contributor finds only those sent to his or her ministry."""

    place: PlacedSection

    def get_policy_target(self) -> ResponseSection:
        super().get_policy_target()
        require(self.user, ResponseAction.VIEW_DRAFT, self.response)
        self.place = self.find_place()
        return ResponseSection(self.response, self.place.pk)

    def find_place(self) -> PlacedSection:
        return get_section_for(self.user, self.response, self.kwargs["instrument"], self.kwargs["section"])
