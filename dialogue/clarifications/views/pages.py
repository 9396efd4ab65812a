"""What the pages of requests for clarification have in common, and the list of them."""

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView

from core.language.i18n import language
from core.web.pages import Crumb
from dialogue.clarifications.rows import AskedQuestion, Questions, day_counted, group_requests, is_late
from dialogue.desk import Desk
from dialogue.exchange import PAGE_OF, answer_shown_to, clarifications_visible_to, get_clarification_for
from dialogue.exchange.enums import ClarificationStatus, ClarificationSubject
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest
from questionnaires.submissions import get_submission, latest_submission
from reviews.capacities import capacity_of
from reviews.cases.enums import ReviewAction
from reviews.navigation import ReviewPage

LATE = "late"  # among the statuses: asked, and past the day by which an answer is asked for


class QuestionsPage(ReviewPage):
    """A page of what is asked: about questions of the form, which it shows with the answers to them, or beyond it.

    ``questions`` are there once the answers have been sent, and asked for where the subject is one of them.
    """

    @cached_property
    def questions(self) -> Questions:
        return Questions(Desk(self.user, self.review, get_submission(self.review), look_up=self.look_up))

    def look_up(self, desk: Desk) -> object:
        """Raises Http404 where the address leads to nothing on the desk."""
        return None

    @property
    def subject(self) -> ClarificationSubject:
        return ClarificationSubject.QUESTION

    def list_url(self, request: ClarificationRequest | None = None) -> str:
        url = reverse(PAGE_OF[self.subject], args=self.address)
        return f"{url}#request-{request.pk}" if request is not None else url

    def get_trail(self) -> list[Crumb]:
        preparation = pgettext_lazy("page of a review", "Preparation")
        title = preparation if self.subject.is_open_early else gettext_lazy("Clarifications")
        return [*super().get_trail(), Crumb(title, self.list_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.subject == ClarificationSubject.QUESTION:
            desk = self.questions.desk
            kwargs |= {
                "official": language(desk.index.definition.language),
                "answers_language": desk.submission.language,
                "brought_piece": desk.submission.brought_piece,
            }
        to_preparation, to_list = gettext_lazy("Back to the preparation"), gettext_lazy("Back to the requests")
        back_label = to_preparation if self.subject.is_open_early else to_list
        return super().get_context_data(list_url=self.list_url(), back_label=back_label, **kwargs)


class ClarificationListView(ReviewPage, TemplateView):
    """All requests that the reader may read, by instrument and question; ``?status=`` keeps those of one status, or
    those whose answer is late.
    """

    policy_action = ReviewAction.READ_TABLE
    title = gettext_lazy("Clarifications")
    template_name = "dialogue/clarifications/clarification_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission = latest_submission(self.review)
        if submission is None:
            return super().get_context_data(**kwargs)
        questions = Questions(Desk(self.user, self.review, submission))
        requests = list(clarifications_visible_to(self.user, self.review))
        counts = Counter(request.status for request in requests)
        chosen = self.request.GET.get("status", "")
        on = day_counted(self.review, requests)
        late = [request for request in requests if is_late(request, on)]
        of_status = {status: [row for row in requests if row.status == status] for status in counts}
        shown = {**of_status, **({LATE: late} if late else {})}
        statuses: list[tuple[str, Any, int]] = [
            (status.value, status.label, counts[status]) for status in ClarificationStatus if counts[status]
        ]
        if late:
            statuses.append((LATE, pgettext_lazy("requests", "Past the date asked for"), len(late)))
        followed = frozenset(row.follows_id for row in requests)
        capacity = capacity_of(self.user, self.review)
        return super().get_context_data(
            groups=group_requests(shown.get(chosen, requests), questions, self.user, capacity, followed, on),
            total=len(requests),
            statuses=statuses,
            chosen=chosen if chosen in shown else "",
            covered=questions.desk.covered,
            official=language(questions.desk.index.definition.language),
            history=questions.desk.history,
            list_url=reverse(PAGE_OF[ClarificationSubject.QUESTION], args=self.address),
            **kwargs,
        )


class ClarificationPage(QuestionsPage):
    """A page of one request; a draft of another State is not there."""

    policy_target: ClarificationRequest

    def get_policy_target(self) -> ClarificationRequest:
        return get_clarification_for(self.user, self.find_review(), self.kwargs["clarification"])

    @property
    def subject(self) -> ClarificationSubject:
        return ClarificationSubject(self.clarification.subject)

    @property
    def clarification(self) -> ClarificationRequest:
        return self.policy_target

    @cached_property
    def answer(self) -> ClarificationAnswer | None:
        return answer_shown_to(self.user, self.clarification)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            clarification=self.clarification,
            answer=self.answer,
            question=self._question(),
            **kwargs,
        )

    def _question(self) -> AskedQuestion | None:
        """None where the request is about none."""
        code = self.clarification.question_code
        return self.questions.find(code) if code else None

    def success_url_for(self, result: Any) -> str:
        return self.list_url(self.clarification)
