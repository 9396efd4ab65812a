"""In the portal: a person goes over to practise, and what comes back is noted."""

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.people.models import User
from core import audit
from core.policy import require
from portal.practice.enums import PracticeAction
from portal.practice.models import Learner
from portal.practice.tokens import read_back, sign_over


@transaction.atomic
def go_over(*, actor: User, language: str) -> str:
    """Give the secret of a hand-over for ``actor``, to be used within a minute, once.

    It says no more of the person than the name to show and the language of the pages.
    """
    require(actor, PracticeAction.GO_OVER)
    if not settings.PRACTICE_URL:
        raise Http404
    learner, is_new = Learner.objects.get_or_create(user=actor)
    if is_new:
        audit.record(actor, "portal.learner.went_over", learner)
    return sign_over(learner=learner.alias, name=actor.full_name, language=language)


@transaction.atomic
def note_back(*, actor: User, token: str) -> Learner | None:
    """Keep the days on which the practice portal says that ``actor`` began and finished; the earliest stays.

    None for what it has not signed, or not for this person, or too long ago; nothing is changed then.
    """
    require(actor, PracticeAction.GO_OVER)
    back = read_back(token)
    if back is None:
        return None
    learner = Learner.objects.select_for_update().filter(user=actor, alias=back.learner).first()
    if learner is None:
        return None
    before, today = (learner.begun_on, learner.finished_on), timezone.localdate()
    learner.begun_on = learner.begun_on or (back.begun_on and min(back.begun_on, today))
    learner.finished_on = learner.finished_on or (back.finished_on and min(back.finished_on, today))
    if (learner.begun_on, learner.finished_on) != before:
        learner.save(update_fields=["begun_on", "finished_on", "updated_at"])
        audit.record(actor, "portal.learner.noted", learner, after=_days(learner))
    return learner


def _days(learner: Learner) -> dict[str, str | None]:
    return {name: day and day.isoformat() for name in ("begun_on", "finished_on") if (day := getattr(learner, name))}
