"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit
from dialogue.feedback.services import follow_team, open_feedback
from reviews.navigation import ReviewPart, ReviewTab, open_to_readers, register_tab
from reviews.opening import follows_team
from reviews.steps import opens_with_answers

VERBS = {
    "reviews.feedback.cleared": _("cleared and sent written feedback"),
    "reviews.feedback.sent_as_cleared": _("sent the joint feedback as the States that are waited for had cleared it"),
    "reviews.feedback.recalled": _("recalled written feedback before another State had opened it"),
    "reviews.feedback.form_set": _("set whether the reviewing States send one feedback together"),
    "reviews.feedback.brought_in": _("brought in written feedback that was sent elsewhere"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    address = open_to_readers("dialogue:feedback-list")
    register_tab(ReviewTab(ReviewPart.DIALOGUE, 10, _("Feedback"), address))
    opens_with_answers(open_feedback)
    follows_team(follow_team)
