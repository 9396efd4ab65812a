"""What an officer has to give a reason for: that a phase of a State begins while its last one runs, or too early."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor
from core.errors import ServiceError
from core.language.i18n import isolated
from core.language.text import clean_text
from core.policy import SystemActor
from core.templatetags.components import date_words
from core.time.distances import time_between
from reviews.cases.models import Review
from reviews.opening.selectors import still_running

MAXIMUM_REASON = 2000  # characters


def warnings_of_answering(review: Review) -> list[str]:
    """Why the State should not be asked for its answers yet, in words: its last phase runs, or it is too early."""
    today = timezone.localdate()
    running = still_running(review.phase, {review.state_under_review_id: today}).values()
    found = [running_words(each) for each in running]
    if review.starts_on > today:
        words = _("The first day of this review is %(day)s, in %(time)s.")
        found.append(words % {"day": date_words(review.starts_on), "time": time_between(today, review.starts_on)})
    return found


def running_words(review: Review) -> str:
    """That a review still runs when the next phase of its State is to begin."""
    return _("Phase %(phase)s of %(state)s still runs: its review %(code)s stands at the step “%(step)s”.") % {
        "phase": review.phase.number,
        "state": isolated(review.state_under_review.name),
        "code": isolated(review.code),
        "step": review.step.name,
    }


def reason_to_begin(actor: Actor, warnings: list[str], reason: str) -> str:
    """The reason as the record keeps it. Raises ServiceError (field ``reason``) where a person owes one."""
    reason = clean_text(reason, maximum=MAXIMUM_REASON, field="reason")
    if warnings and not reason and not isinstance(actor, SystemActor):
        raise ServiceError(_("Say why the phase is to begin all the same."), field="reason")
    return reason if warnings else ""
