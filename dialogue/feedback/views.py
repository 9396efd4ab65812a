from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.language.i18n import in_own_order
from core.policy import can, explain
from core.templatetags.components import datetime_words
from core.web.forms import AccessibleForm
from core.web.pages import Crumb
from core.web.submissions import SubmissionOutcome
from core.web.views import ServiceFormView, ToldWhenDone
from dialogue.desk import (
    BoxPage,
    CommentBox,
    Desk,
    QuestionPlace,
    anchor_of,
    clearance_of_piece,
    desk_context,
    drafts_of,
)
from dialogue.exchange import get_feedback_for, readings_of, reply_to, unread_words
from dialogue.exchange.enums import ExchangeAction, FeedbackStatus
from dialogue.exchange.models import FeedbackComment, WrittenFeedback
from dialogue.feedback.forms import ClearFeedbackForm, CommentForm
from dialogue.feedback.rows import (
    FeedbackText,
    consequences_of_clearing,
    feedback_by_state,
    feedback_text,
    joint_standing,
)
from dialogue.feedback.services import clear_feedback, hash_of_draft, save_comment
from dialogue.joint import author_words, clearances_of, open_feedback_for, shown_of_feedback, takes_part_in
from dialogue.joint.models import JointClearance
from questionnaires.progress import ItemState
from questionnaires.submissions import get_submission, latest_submission
from questionnaires.wording import full_number
from reviews.capacities import own_state_of
from reviews.cases import limit_of
from reviews.cases.enums import ReviewAction
from reviews.drafts import SendsOnce, Shown, open_piece
from reviews.navigation import ReviewPage
from reviews.visibility import has_begun


class FeedbackListView(ReviewPage, TemplateView):
    """Which reviewing State has sent its feedback, and how far one's own is."""

    policy_action = ReviewAction.READ_TABLE
    title = gettext_lazy("Written feedback")
    template_name = "dialogue/feedback/feedback_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            rows=feedback_by_state(self.user, self.review),
            limit=limit_of(self.review, "feedback_words").value,
            is_elsewhere=self._lacks_answers(),
            set_form=explain(self.user, ReviewAction.SET_FEEDBACK_FORM, self.review),
            **kwargs,
        )

    def _lacks_answers(self) -> bool:
        """Whether the review was brought in without its answers, so that there is nothing to write feedback on."""
        is_elsewhere = self.review.is_brought_in and has_begun(self.review)
        return is_elsewhere and latest_submission(self.review) is None


class FeedbackPage(ReviewPage):
    """A page of the feedback of one reviewing State; a draft is found by that State only."""

    policy_target: WrittenFeedback

    def get_policy_target(self) -> WrittenFeedback:
        return get_feedback_for(self.user, self.find_review(), self.kwargs["iso3"])

    @property
    def feedback(self) -> WrittenFeedback:
        return self.policy_target

    @property
    def home(self) -> Any:
        """The key of the State for which the reader takes part; None for the secretariat."""
        return own_state_of(self.user, self.review)

    @cached_property
    def signed(self) -> str:
        """Whose feedback it is, for running text."""
        return author_words(self.feedback)

    @property
    def shows(self) -> bool:
        """A script asks by HEAD whether the page is still open: nobody reads it, and nothing is opened."""
        return self.request.method != "HEAD"

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.user, self.review, get_submission(self.review), look_up=self.look_up, shows=self.shows)

    def look_up(self, desk: Desk) -> object:
        """Raises Http404 where the address leads to nothing on the desk."""
        return None

    @property
    def url(self) -> str:
        """The page on which this feedback is read."""
        return reverse("dialogue:feedback-detail", args=[*self.address, self.feedback.state_party.iso3])

    def get_trail(self) -> list[Crumb]:
        feedback_list = reverse("dialogue:feedback-list", args=self.address)
        return [*super().get_trail(), Crumb(_("Written feedback"), feedback_list)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"feedback": self.feedback, "author": self.signed, **desk_context(self.desk)}
        return super().get_context_data(**shown, **kwargs)

    def look_anew(self) -> None:
        """Read once more what the page shows and its form carries."""
        self.policy_target = self.get_policy_target()
        for name in ("sha256", "desk", "signed"):
            self.__dict__.pop(name, None)


class BelowFeedback(FeedbackPage):
    """A page below the one on which the feedback is read."""

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(self.signed, self.url)]


class WholeFeedbackPage(FeedbackPage):
    """A page with the feedback as one text."""

    @cached_property
    def sha256(self) -> str:
        """Of the draft, for a form: read before the text, or it could be of words that the page does not show."""
        return hash_of_draft(self.feedback)

    def feedback_text(self) -> FeedbackText:
        if self.feedback.status == FeedbackStatus.SENT:
            return feedback_text(self.desk, self.feedback)
        is_own = self.feedback == self.desk.feedback.own
        return self.text_of(self.desk.feedback.drafts if is_own else drafts_of(self.feedback))

    def text_of(self, drafts: Mapping[QuestionPlace, FeedbackComment]) -> FeedbackText:
        return feedback_text(self.desk, self.feedback, {place: draft.text for place, draft in drafts.items()})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.shows:
            open_feedback_for(self.user, self.feedback)
        return super().get_context_data(whole=self.feedback_text(), **kwargs)


class FeedbackDetailView(WholeFeedbackPage, TemplateView):
    """The feedback of one State, by instrument, article and question."""

    policy_action = ExchangeAction.VIEW_FEEDBACK
    template_name = "dialogue/feedback/feedback_detail.html"

    def get_title(self) -> str:
        return _("Written feedback of %(state)s") % {"state": self.signed}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_draft, is_own = self.feedback.status == FeedbackStatus.DRAFT, takes_part_in(self.user, self.feedback)
        return super().get_context_data(
            left_out=self.text_of(drafts_of(self.feedback, is_covered=False)) if is_draft and is_own else None,
            clear_decision=explain(self.user, ExchangeAction.CLEAR_FEEDBACK, self.feedback),
            may_take_back=is_draft and can(self.user, ExchangeAction.TAKE_BACK_CLEARANCE, self.feedback),
            clearance=clearance_of_piece(self.feedback),
            **joint_standing(self.feedback, is_own=is_own),
            is_own=is_own,
            recall=explain(self.user, ExchangeAction.RECALL_FEEDBACK, self.feedback),
            **(self._reading() if is_draft else self._reply()),
            **kwargs,
        )

    def _reading(self) -> dict[str, Any]:
        """What a second reader of the own State says, and who is asked to be one."""
        asked = {"ask_reader": ExchangeAction.ASK_READER, "read_as_second": ExchangeAction.READ_AS_SECOND}
        readings = readings_of(self.user, self.feedback)
        return {
            **{name: explain(self.user, action, self.feedback) for name, action in asked.items()},
            "readings": readings,
            "sha256": self.sha256 if readings else "",
        }

    def _reply(self) -> dict[str, Any]:
        """The reply as far as the reader may read it, which opens it, and what its State does with it."""
        reply, replying = reply_to(self.user, self.feedback), self.review.state_under_review_id
        if reply is not None and self.shows:
            open_piece(self.user, reply, replying)
        shown = {"reply": reply, "reply_clearance": clearance_of_piece(reply), "is_replying": self.home == replying}
        if not shown["is_replying"]:
            return shown
        asked = {"reply_decision": ExchangeAction.DRAFT_REPLY, "send_reply": ExchangeAction.SEND_REPLY}
        decisions = {name: explain(self.user, action, self.feedback) for name, action in asked.items()}
        recall = explain(self.user, ExchangeAction.RECALL_REPLY, reply) if reply is not None else None
        return {**shown, **decisions, "recall_reply": recall}


class WholeDraftView(BelowFeedback, WholeFeedbackPage, ServiceFormView):
    """An act on exactly the draft that the page shows, whose hash its form carries."""

    def get_initial(self) -> dict[str, Any]:
        return {"sha256": self.sha256}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """The page shows the draft as it is by now: that is what a second press is for."""
        self.look_anew()
        form.carry(**self.get_initial())

    def success_url_for(self, result: object) -> str:
        return self.url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(sha256=self.sha256, **kwargs)


class FeedbackClearView(SendsOnce, ToldWhenDone, WholeDraftView):
    """Clear and send. The second press of an impatient finger leads to what the first one sent."""

    policy_action = ExchangeAction.CLEAR_FEEDBACK
    form_class = ClearFeedbackForm
    title = gettext_lazy("Clear and send the feedback")
    template_name = "dialogue/feedback/feedback_clear.html"
    success_message = gettext_lazy("The feedback has been cleared and sent to the other States of the review.")

    def success_message_for(self, result: WrittenFeedback) -> str:
        if result.sent_at is not None:
            return super().success_message_for(result)
        return _("Your State has cleared the joint feedback. It is sent once the other reviewing States have too.")

    def piece_now(self) -> WrittenFeedback:
        return self.get_policy_target()

    def as_before(self, request: HttpRequest, outcome: SubmissionOutcome) -> HttpResponse:
        """A joint feedback stays a draft after the clearance of a State, so that no number tells of it."""
        if self._own_clearance(self.piece_now()) is not None:
            return super(SendsOnce, self).as_before(request, outcome)
        return super().as_before(request, outcome)

    def _own_clearance(self, feedback: WrittenFeedback) -> JointClearance | None:
        rows = clearances_of(feedback) if feedback.sent_at is None else []
        return next((row for row in rows if row.state_party_id == self.home), None)

    def done_before(self) -> str:
        """When and by whom it was sent, which may be a moment ago; empty while it is a draft."""
        self.look_anew()  # it may have been sent while this press waited for the lock
        if own := self._own_clearance(self.feedback):
            message = _("This was done at %(time)s: %(person)s cleared the joint feedback for your State.")
            return message % {"time": datetime_words(own.cleared_at), "person": own.focal_point.full_name}
        cleared = clearance_of_piece(self.feedback)
        is_as_shown = self.request.POST.get("number") in {None, str(self.feedback.times_sent)}
        if cleared is None or not is_as_shown or not can(self.user, ExchangeAction.VIEW_FEEDBACK, self.feedback):
            return ""
        message = _("This was done at %(time)s: %(person)s cleared and sent the feedback of %(state)s.")
        person, state = cleared.focal_point.full_name, self.signed
        return message % {"time": datetime_words(cleared.cleared_at), "person": person, "state": state}

    def perform(self, form: ClearFeedbackForm) -> WrittenFeedback:
        given = form.cleaned_data
        number = given["number"] or 0
        return clear_feedback(actor=self.user, feedback=self.feedback, sha256=given["sha256"], number=number)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "number": self.feedback.next_number}

    def done_url(self) -> str:
        return self.url

    def said_before(self) -> Sequence[str]:
        return consequences_of_clearing(self.feedback)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sha256 = self.sha256
        return super().get_context_data(
            readings=readings_of(self.user, self.feedback),
            unread=unread_words(self.user, self.feedback, sha256),
            ask_reader=explain(self.user, ExchangeAction.ASK_READER, self.feedback),
            **joint_standing(self.feedback, is_own=True),
            **kwargs,
        )


class CommentPage(BelowFeedback, BoxPage):
    """What a State says at one place: a page by itself, and where the box on the desk saves to."""

    policy_action = ExchangeAction.DRAFT_FEEDBACK
    read_action = ExchangeAction.VIEW_FEEDBACK
    form_class = CommentForm
    template_name = "dialogue/feedback/feedback_comment.html"
    saved_template = "dialogue/feedback/_comment_saved.html"

    @abstractmethod
    def look_up(self, desk: Desk) -> QuestionPlace:
        """Raises Http404 for a place that is none, or on an instrument that the State does not review."""

    @cached_property
    def place(self) -> QuestionPlace:
        return self.look_up(self.desk)

    def shown_now(self) -> Shown:
        return shown_of_feedback(self.feedback)

    def get_caption(self) -> str:
        return self.desk.instruments.get(self.place.instrument, "")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "auto_id": f"{anchor_of(self.place)}-%s"}

    def perform(self, form: CommentForm) -> FeedbackComment:
        return save_comment(
            actor=self.user,
            feedback=self.feedback,
            instrument=self.desk.writable[self.place.instrument],
            question_code=self.place.question,
            article=self.desk.article_at(self.place),
            text=form.cleaned_data["text"],
            base=form.cleaned_data["base"],
            shown=form.cleaned_data["shown"],
            lost=self.request.POST.getlist("lost"),
        )

    def success_url_for(self, result: FeedbackComment) -> str:
        return self.next_page or self.desk.url_at(self.place) or self.url

    def stored_box(self) -> CommentBox | None:
        return self.desk.box_at(self.place)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.desk.here = self.desk.section_with(self.place)
        return super().get_context_data(
            place=self.place,
            next_page=self.next_page,
            back=self.next_page or self.desk.url_at(self.place) or self.url,
            **kwargs,
        )


class QuestionCommentView(CommentPage):
    """The feedback on one question, below the question and its answer."""

    def look_up(self, desk: Desk) -> QuestionPlace:
        code = self.kwargs["question"]
        section = desk.section_of(code)
        return _covered(desk, QuestionPlace(section.place.part.instrument, code))

    @cached_property
    def states(self) -> list[ItemState]:
        """The question, below those that it belongs to."""
        return self.desk.states_to(self.place)

    def get_title(self) -> str:
        number = in_own_order(full_number(self.states[-1].item))
        message = _("Feedback of %(state)s on question %(number)s")
        return message % {"state": self.signed, "number": number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(states=self.states, **kwargs)


class ArticleCommentView(CommentPage):
    """The feedback on an article as a whole."""

    def look_up(self, desk: Desk) -> QuestionPlace:
        place = QuestionPlace(self.kwargs["instrument"], article=self.kwargs["article"])
        if desk.article_at(place) is None:
            raise Http404
        return _covered(desk, place)

    def get_title(self) -> str:
        message = _("Feedback of %(state)s on article %(number)s")
        return message % {"state": self.signed, "number": self.place.article}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.desk.article_at(self.place), **kwargs)


def _covered(desk: Desk, place: QuestionPlace) -> QuestionPlace:
    """Raises Http404 where the reader's State does not review the instrument."""
    if place.instrument not in desk.writable:
        raise Http404
    return place
