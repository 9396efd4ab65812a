"""The base of every address of the API about a review's self-assessment."""

from typing import Any

from core.api.permissions import PolicyPermission
from core.api.views import StrictView
from questionnaires.definitions import VersionIndex, index_of
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.models import Response
from questionnaires.responses.selectors.responses import get_response_at
from reviews.navigation import ForPrograms


class ResponseForPrograms(ForPrograms, StrictView):
    """As ``ResponsePage``: a stranger finds none, the other side is told why not."""

    permission_classes = (PolicyPermission,)
    policy_action = ResponseAction.VIEW_DRAFT
    scope_group = "answers"
    draft: Response

    def get_policy_target(self) -> Any:
        self.draft = get_response_at(self.user, self.kwargs["mechanism"], self.kwargs["code"])
        self.require_state(self.draft.review)
        return self.draft

    @property
    def index(self) -> VersionIndex:
        return index_of(self.draft.version_id)

    @property
    def version(self) -> dict[str, int]:
        """For serializers of what is written to a version of the questionnaire."""
        return {"version": self.index.number}
