"""What would be sent, to be read before."""

from typing import Any

from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core import jobs
from questionnaires.definitions import instrument_names
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses import DRAFT_FORMATS, BelowResponse
from questionnaires.sending.document import draft_submission
from questionnaires.submissions import VersionHistory, sent_parts


class ResponsePreviewView(BelowResponse, TemplateView):
    """What would be sent now, as its readers would find it, for those of its State who read the whole draft."""

    policy_action = ResponseAction.RENDER_DRAFT
    title = gettext_lazy("Preview of the answers")
    template_name = "questionnaires/sending/response_preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = draft_submission(self.response)
        parts = sent_parts(draft)
        shown = {
            "draft": draft,
            "history": VersionHistory(draft),
            "parts": parts,
            "instruments": instrument_names(part.part.instrument for part in parts),
            "job": jobs.latest_for(self.response, self.user.pk, DRAFT_FORMATS.values()),
            "render": self.decision(ResponseAction.RENDER_DRAFT),
        }
        return {**super().get_context_data(**kwargs), **shown}
