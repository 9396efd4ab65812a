"""The constructive dialogue is concluded by all States of a review.

Source: procedures and rules, paragraph 35, as quoted in resolution 10/1, annex II, paragraph 5. How the dialogue ends
it does not say, so that the ways here are the portal's.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.errors import OutdatedError, ServiceError
from core.language.text import clean_text, require_text
from core.policy import require
from dialogue.conclusion.models import ConclusionAnswer
from dialogue.conclusion.selectors import Conclusion, conclusion_of
from reviews.capacities import require_capacity
from reviews.cases import lock_review, tell
from reviews.cases.enums import News, ReviewAction
from reviews.cases.models import Review
from reviews.participation import focal_points_of
from reviews.programme.enums import MilestoneKind
from reviews.steps import advance_to_next, reach_milestone

_MAXIMUM = 2000  # characters of a note
PAGE = "dialogue:dialogue"


@transaction.atomic
def answer_conclusion(*, actor: User, review: Review, agrees: bool, shown: str, note: str = "") -> Conclusion:
    """Give the word of the actor's State: with the last yes the dialogue is concluded, a no keeps it open.

    A State says so anew as long as it is not concluded. ``shown``: what was open on the page, requests for
    clarification and threads (``Conclusion.shown``), which a yes covers. Raises OutdatedError where others are open by
    now.
    """
    lock_review(review)
    require(actor, ReviewAction.CONCLUDE_DIALOGUE, review)
    before = conclusion_of(review)
    state = require_capacity(actor, review).state_party_id
    said = before.answer_of(state)
    is_said = said is not None and said.agrees and note.strip() in ("", said.note)
    if agrees and is_said:
        # Pressed twice; or the last word that was missing is not waited for any more, and nobody has said one since.
        return _conclude(actor, review, before) if before.is_agreed else before
    if agrees:
        _require_shown(before, shown)
    answer = _say(actor, review, before, state=state, agrees=agrees, note=note)
    audit.record(actor, "dialogue.conclusion.answered", review, after=_facts(answer, before))
    return _settle(actor, review, before, answer)


@transaction.atomic
def record_conclusion(*, actor: User, review: Review, state: StateParty, how: str, shown: str) -> Conclusion:
    """Note the yes of a State that gave it in another place, as by a note verbale; the page says that it is so.

    Raises ServiceError without words on how, for a State whose word is not missing, and OutdatedError as above.
    """
    lock_review(review)
    require(actor, ReviewAction.RECORD_CONCLUSION, review)
    before = conclusion_of(review)
    _require_shown(before, shown)
    how = require_text(how, _("Say how the State agreed."), maximum=_MAXIMUM, field="how")
    if state not in before.missing:
        raise ServiceError(_("The word of this State is not missing."), field="state")
    answer = _say(actor, review, before, state=state.pk, agrees=True, note=how, is_recorded=True)
    audit.record(actor, "dialogue.conclusion.recorded", review, after=_facts(answer, before))
    return _settle(actor, review, before, answer)


def conclude_for_all(focal_points: Iterable[User], review: Review) -> None:
    """Let a focal point of each State say yes, whatever is open; for a demo, an exercise and tests."""
    for focal_point in focal_points:
        shown = conclusion_of(review).shown
        answer_conclusion(actor=focal_point, review=review, agrees=True, shown=shown)


def _require_shown(conclusion: Conclusion, shown: str) -> None:
    if conclusion.shown != shown:
        words = _("Other requests for clarification or threads are open by now. Look at them, and answer anew.")
        raise OutdatedError(words, now=conclusion.shown)


def _say(
    actor: User,
    review: Review,
    before: Conclusion,
    *,
    state: Any,
    agrees: bool,
    note: str,
    is_recorded: bool = False,
) -> ConclusionAnswer:
    return ConclusionAnswer.objects.create(
        review=review,
        state_party_id=state,
        agrees=agrees,
        note=clean_text(note, maximum=_MAXIMUM, field="note").strip(),
        answered_by=actor,
        open_requests=sorted(before.open) if agrees else [],
        is_recorded=is_recorded,
    )


def _facts(answer: ConclusionAnswer, before: Conclusion) -> dict[str, Any]:
    """A yes covers what was open, which the record counts by its kinds."""
    requests, threads = (len(rows) if answer.agrees else 0 for rows in (before.open_requests, before.open_threads))
    return {
        "state": answer.state_party.iso3,
        "agrees": answer.agrees,
        "open_requests": requests,
        "open_threads": threads,
    }


def _settle(actor: User, review: Review, before: Conclusion, answer: ConclusionAnswer) -> Conclusion:
    """What follows from a word: the end of the dialogue, or who is told of it."""
    now = conclusion_of(review)
    if now.is_agreed:
        return _conclude(actor, review, now)
    if not answer.agrees:
        told = focal_points_of(review)
        tell(told, review, News.CONCLUSION_DECLINED, page=PAGE, key=str(answer.pk), but=actor)
    elif not before.is_asked:
        told = focal_points_of(review, states=now.missing)
        tell(told, review, News.CONCLUSION_ASKED, page=PAGE, key=str(answer.pk))
    return now


def _conclude(actor: User, review: Review, agreed: Conclusion) -> Conclusion:
    reach_milestone(review, MilestoneKind.DIALOGUE, timezone.localdate())
    advance_to_next(actor, review)
    page = "observations:observation-list"
    tell(focal_points_of(review), review, News.DIALOGUE_CONCLUDED, page=page, key=str(review.pk))
    return agreed
