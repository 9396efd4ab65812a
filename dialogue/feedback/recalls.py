"""Where a State recalls the feedback that it has sent, or takes back its clearance of a joint one."""

import datetime as dt
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import ServiceError
from core.templatetags.components import datetime_words
from core.web.forms import AccessibleForm
from core.web.views import ConfirmedActView, ToldWhenDone
from dialogue.exchange.enums import ExchangeAction, FeedbackStatus
from dialogue.exchange.models import WrittenFeedback
from dialogue.feedback.forms import ClearedForm, RecallFeedbackForm
from dialogue.feedback.services import hash_of_draft, recall_feedback
from dialogue.feedback.views import BelowFeedback
from dialogue.joint import clearance_taken_back, take_back_clearance, takes_part_in
from dialogue.joint.models import JointClearance
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant
from reviews.drafts import RecallView
from reviews.programme.enums import StepKind


class FeedbackRecallView(BelowFeedback, RecallView):
    """Take back what was sent, as long as nobody of another State has opened it."""

    policy_action = ExchangeAction.RECALL_FEEDBACK
    form_class = RecallFeedbackForm
    title = gettext_lazy("Recall the feedback")
    success_message = gettext_lazy("The feedback is recalled: it is a draft of your State again.")

    def stands_now(self) -> tuple[bool, dt.datetime | None]:
        self.policy_target = self.get_policy_target()
        return self.feedback.status == FeedbackStatus.SENT, self.feedback.recalled_at

    def author(self) -> Any:
        return self.feedback.state_party_id

    def is_own_focal_point(self) -> bool:
        capacity = capacity_of(self.user, self.review)
        is_own = takes_part_in(self.user, self.feedback)
        return is_own and capacity is not None and capacity.has(Grant.CLEAR)

    def get_initial(self) -> dict[str, Any]:
        return {"number": self.feedback.times_sent, "step": self.review.step.slug}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        self.look_anew()
        super().rest(form, error)

    def get_consequences(self) -> list[str | Promise]:
        is_joint = self.feedback.is_joint
        own = _("The feedback is a draft in the room of your State again, and can be changed and sent anew.")
        common = _("The feedback is a draft of the reviewing States again; each clears it anew before it is sent.")
        moved = _("The review goes back from the dialogue to the written feedback. Its dates follow.")
        return [
            common if is_joint else own,
            *([moved] if self.review.step.kind != StepKind.FEEDBACK else []),
            _("The other States and the secretariat cannot read it any more; the record says that it was recalled."),
            _("The focal point of the State under review is told by mail that it was recalled, and not why."),
            *([_("The focal points of the other reviewing States are told by mail too.")] if is_joint else []),
            _("Where somebody of another State opens it before you press the button, it stays sent."),
        ]

    def perform(self, form: RecallFeedbackForm) -> WrittenFeedback:
        return recall_feedback(actor=self.user, feedback=self.feedback, **form.cleaned_data)

    def success_url_for(self, result: object) -> str:
        return self.url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(piece=self.feedback, **kwargs)


class ClearanceTakeBackView(BelowFeedback, ToldWhenDone, ConfirmedActView):
    """Take back what one's State has cleared, until all reviewing States have."""

    policy_action = ExchangeAction.TAKE_BACK_CLEARANCE
    form_class = ClearedForm
    title = gettext_lazy("Take back the clearance")
    is_warning = True
    success_message = gettext_lazy("The clearance of your State is taken back. The text stays as it is.")
    consequences = (
        gettext_lazy("The clearance of your State counts no longer; those of the other States stay."),
        gettext_lazy("The joint feedback is not sent before your State has cleared it again."),
        gettext_lazy("The focal points of the reviewing States are told by mail, and nobody else."),
    )

    def get_initial(self) -> dict[str, Any]:
        return {"sha256": hash_of_draft(self.feedback)}

    def perform(self, form: ClearedForm) -> JointClearance:
        return take_back_clearance(actor=self.user, feedback=self.feedback, sha256=form.cleaned_data["sha256"])

    def success_url_for(self, result: object) -> str:
        return self.url

    def done_url(self) -> str:
        return self.url

    def done_before(self) -> str:
        """By a colleague, or in another tab; a change of the text undoes a clearance too, and takes none back."""
        sha256 = self.request.POST.get("sha256", "")
        if hash_of_draft(self.feedback) != sha256:
            return ""
        row = clearance_taken_back(self.feedback, self.home, sha256)
        if row is None or row.undone_at is None or row.undone_by is None:
            return ""
        message = _("This was done at %(time)s: %(person)s took back the clearance for your State.")
        return message % {"time": datetime_words(row.undone_at), "person": row.undone_by.full_name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.url, **kwargs)
