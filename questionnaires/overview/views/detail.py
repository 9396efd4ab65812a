from typing import Any

from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core import jobs
from questionnaires.assignments import contributors_of
from questionnaires.definitions import instrument_names
from questionnaires.definitions.enums import ResponseAction
from questionnaires.moving import kept_proposals, number_to_look_at
from questionnaires.progress import ResponseOverview, overview_for, progress_words
from questionnaires.responses import DRAFT_FORMATS, ResponsePage, may_read_whole_draft
from questionnaires.responses.enums import ResponseStatus
from questionnaires.sending import flags_on
from questionnaires.submissions import recalled_submissions


class ResponseDetailView(ResponsePage, TemplateView):
    """The self-assessment at a glance, with the next act; ``questionnaires.overview`` adds how each question stands."""

    title = gettext_lazy("Self-assessment")
    template_name = "questionnaires/overview/response_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        overview = overview_for(self.user, self.response)
        reads_all = may_read_whole_draft(self.user, self.response)
        context = super().get_context_data(
            overview=overview,
            progress_words=progress_words(overview.counts),
            instruments=instrument_names(progress.place.part.instrument for progress in overview.sections),
            reads_all=reads_all,
            own_kept=[] if reads_all else self._own_kept(overview),
            read_official=reads_all or self.decision(ResponseAction.READ_OFFICIAL),
            propose=self.decision(ResponseAction.PROPOSE),
            to_look_at=number_to_look_at(self.response),
            flagged=flags_on(self.user, self.response),
            guidance=self.index.definition.guidance,
            **kwargs,
        )
        return context if not reads_all else {**context, **self._of_the_whole(overview)}

    def _own_kept(self, overview: ResponseOverview) -> list[Any]:
        """A contributor's proposals that have no place any more, which only a move leaves behind."""
        is_moved = self.response.moved_from_id is not None
        return list(kept_proposals(self.response, overview.sheet.participation_id)) if is_moved else []

    def _of_the_whole(self, overview: ResponseOverview) -> dict[str, Any]:
        """What is done with the answers as a whole: nothing of it is a contributor's."""
        acts = self._acts(is_complete=not overview.missing)
        read_as_second = self.decision(ResponseAction.READ_AS_SECOND)
        return {
            "contributors": contributors_of(self.response.review).select_related("membership__ministry"),
            "acts": acts,
            "may_act": bool(read_as_second) or any(act["decision"] for act in acts),
            "assign": self.decision(ResponseAction.ASSIGN),
            "move": self.decision(ResponseAction.MOVE),
            "render": self.decision(ResponseAction.RENDER_DRAFT),
            "write": self.decision(ResponseAction.ANSWER),
            "recall": self.decision(ResponseAction.RECALL),
            "recall_label": ResponseAction.RECALL.label,
            "recalled": recalled_submissions(self.response) if self.response.recalled_numbers else [],
            "revise": self.decision(ResponseAction.REVISE),
            "revise_label": ResponseAction.REVISE.label,
            "give_up": self.decision(ResponseAction.GIVE_UP),
            "read_as_second": read_as_second,
            "clear": self.decision(ResponseAction.CLEAR),
            "next_number": self.response.next_number if self.response.is_revised else None,
            "job": jobs.latest_for(self.response, self.user.pk, DRAFT_FORMATS.values()),
        }

    @property
    def is_sent(self) -> bool:
        return self.response.status == ResponseStatus.SENT

    def _acts(self, *, is_complete: bool) -> list[dict[str, Any]]:
        """What may come next; acts that the status has left behind are not shown at all.

        To send is the main one, once no question that is asked is missing.
        """
        status = self.response.status
        if self.is_sent:
            return []
        acts = [ResponseAction.SUBMIT_FOR_CLEARANCE] if status == ResponseStatus.OPEN else [ResponseAction.RETURN]
        acts.append(ResponseAction.CLEAR)
        names = {
            ResponseAction.SUBMIT_FOR_CLEARANCE: "questionnaires:response-submit",
            ResponseAction.RETURN: "questionnaires:response-return",
            ResponseAction.CLEAR: "questionnaires:response-clear",
        }
        main = ResponseAction.CLEAR if is_complete else None
        return [
            {
                "action": act,
                "url_name": names[act],
                "decision": self.decision(act),
                "kind": "" if act == main else "secondary",
            }
            for act in acts
        ]
