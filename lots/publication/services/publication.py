"""Publishing a draw: its groups and pairings become the reviews of the phase.

An officer presses the button, and a worker opens the reviews in one transaction, so that nobody sees a part of them;
how many are open is told beside it (docs/adr/0044).
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import officers
from accounts.people.models import User
from core import audit, jobs
from core.errors import ServiceError
from core.jobs.making import Tell, settle
from core.language.i18n import isolated
from core.models import Job
from core.policy import require
from lots.chain import lock_chain, obstacle_to
from lots.draws import lock_draw
from lots.draws.enums import PUBLICATION, DrawAction, DrawKind, DrawStatus
from lots.draws.models import Draw, DrawEntry
from lots.publication.selectors import check_before_publication, officers_before, sorted_out
from lots.publication.services.protocols import queue_public_protocols
from lots.publication.starts import ReviewStarts
from lots.results import DrawnState, drawn_states, entries_of
from lots.words import first_of
from reviews.nominations import ask_for_nominations
from reviews.opening import Reviewer, change_team, open_review, reason_to_begin
from reviews.programme.models import Phase


def _tell_nobody(number: int) -> None:
    """Nobody looks on where a draw is published at once, as that of the demo."""


@transaction.atomic
def begin_publication(
    *, actor: User, draw: Draw, seen: str, language: str, reason: str = "", officer: User | None = None
) -> Job:
    """Have a worker publish a draw; ``seen`` is the fingerprint of the findings that the officer goes on with.

    ``reason`` says why it goes on where a finding needs that; ``officer`` is put in charge of the reviews whose State
    had none in charge before. A second press is refused by the policy, also while the
    first one is under way. Raises ServiceError where the findings are others by now, for want of a reason, and where it
    is known already that the publication would be refused.
    """
    locked = lock_draw(draw)
    require(actor, DrawAction.PUBLISH, locked)
    _refuse_a_second_one(locked, drawn_states(locked))
    check = check_before_publication(locked)
    if check.seen != seen:
        raise ServiceError(_("What stands out has changed since you opened this page. Look at it as it is now."))
    if check.stops:
        raise ServiceError(check.stops[0].words)
    reason = reason_to_begin(actor, check.warnings, reason)
    audit.record(actor, "lots.draw.publication_begun", locked, reason=reason)
    facts = {"seen": seen, "reason": reason, "officer": str(officer.pk) if officer else ""}
    return jobs.start_act(kind=PUBLICATION, target=locked, requested_by=actor, language=language, details=facts)


def carry_out_publication(job: Job, tell: Tell) -> None:
    """Publish a draw in the name of the officer who has pressed the button, and end the job with it.

    Raises ServiceError where whoever was chosen to be in charge of the reviews has left since.
    """
    with transaction.atomic():
        draw = Draw.objects.get(pk=job.target_id)
        given = {name: job.details.get(name, "") for name in ("seen", "reason")}
        officer = _officer_chosen(str(job.details.get("officer", "")))
        publish_draw(actor=job.requested_by, draw=draw, officer=officer, tell=tell, **given)
        settle(job)


def _officer_chosen(key: str) -> User | None:
    """Nobody is put in place of somebody who has left: the reviews would be in nobody's charge, unseen."""
    officer = officers().filter(pk=key).first() if key else None
    if key and officer is None:
        message = _(
            "Whoever was put in charge of the reviews is no officer any more. Choose somebody else, and publish."
        )
        raise ServiceError(message)
    return officer


@transaction.atomic
def publish_draw(
    *,
    actor: User,
    draw: Draw,
    seen: str | None = None,
    reason: str = "",
    officer: User | None = None,
    tell: Tell = _tell_nobody,
) -> Draw:
    """Open the reviews of all States of the draw, with their calendars, and make the result public; all or nothing.

    A supplementary draw lets other States review where a review is open already, and asks for their people. So does any
    draw where a review of the phase was opened by hand before; one that is closed stays as it is.

    ``seen`` is what the officer has gone on with, and ``reason`` why where that was asked for; None where nobody was
    shown anything. ``tell`` hears how many reviews are open. A second one is refused by the policy. Raises ServiceError
    where what was shown has changed, where a draw of the phase is published, where a State should have a review that
    runs and has none, and like ``open_review``. The draw counts deposits, a review
    what is in force on its start; what differs is shown on the pages of the review and of the State.
    """
    lock_chain(draw.mechanism)
    Phase.objects.select_for_update(no_key=True).get(pk=draw.phase_id)  # and so does a review that is opened by hand
    draw = Draw.objects.select_related("mechanism", "phase").get(pk=draw.pk)
    require(actor, DrawAction.OPEN_REVIEWS, draw)
    states = drawn_states(draw)
    _refuse_a_second_one(draw, states)
    if seen is not None and check_before_publication(draw).seen != seen:
        raise ServiceError(_("What stands out has changed since the button was pressed. Look at it as it is now."))
    sorts = sorted_out(draw, states)
    _open_reviews(actor, draw, states, officer, tell)
    # Not before: whoever wants to void the draw meanwhile is answered, and does not wait for all reviews.
    locked = lock_draw(draw)
    require(actor, DrawAction.OPEN_REVIEWS, locked)
    locked.status, locked.published_by, locked.published_at = DrawStatus.PUBLISHED, actor, timezone.now()
    locked.announced_at = locked.announced_at or locked.published_at  # one that was brought in is public from here on
    locked.save(update_fields=["status", "published_by", "published_at", "announced_at", "updated_at"])
    changed = {"teams_changed": len(sorts.changed)} if sorts.changed else {}
    after = {"reviews": len(sorts.opened), **changed}
    audit.record(actor, "lots.draw.published", locked, after=after, reason=reason)
    queue_public_protocols(locked)
    return locked


def _refuse_a_second_one(draw: Draw, states: Sequence[DrawnState]) -> None:
    others = Draw.objects.filter(phase=draw.phase, is_training=draw.is_training, status=DrawStatus.PUBLISHED)
    _refuse_out_of_place(draw)
    if draw.kind != DrawKind.SUPPLEMENTARY and (other := others.first()):
        message = _("Draw %(code)s of this phase is published. It has to be voided before another one is published.")
        raise ServiceError(message % {"code": other.code})
    sorts = sorted_out(draw, states)
    if names := [isolated(drawn.state.name) for drawn in sorts.again if not sorts.runs(drawn)]:
        message = _("No review of these States runs in this phase: %(states)s.")
        raise ServiceError(message % {"states": first_of(names)})


def _refuse_out_of_place(draw: Draw) -> None:
    previous = draw.terms.get("previous", [])
    if obstacle := obstacle_to(draw.phase, draw.kind, is_training=draw.is_training, previous=previous):
        raise ServiceError(obstacle)


def _open_reviews(actor: User, draw: Draw, states: Sequence[DrawnState], officer: User | None, tell: Tell) -> None:
    sorts, before = sorted_out(draw, states), officers_before(draw.phase, states)
    starts = ReviewStarts(draw, sorts.opened)
    drawn_with = {entry.state_party_id: entry.regional_group_id for entry in entries_of(draw)}
    opened, closed, by_hand = ({drawn.state.pk for drawn in each} for each in (sorts.opened, sorts.closed, sorts.there))
    for number, drawn in enumerate(states, start=1):
        reviewers = [Reviewer(each.state, each.basis, each.instruments) for each in drawn.reviewers]
        if drawn.state.pk in opened:
            drawn.entry.review = open_review(
                actor=actor,
                phase=draw.phase,
                state_under_review=drawn.state,
                reviewers=reviewers,
                starts_on=starts.of(drawn),
                review_group=drawn.entry.review_group,
                officer=before.get(drawn.state.pk, officer),
                drawn_with=drawn_with,
            )
        elif drawn.state.pk not in closed:
            drawn.entry.review = review = sorts.reviews[drawn.state.pk]
            group = drawn.entry.review_group
            change = change_team(
                actor=actor,
                review=review,
                reviewers=reviewers,
                drawn_with=drawn_with,
                draw=draw.code,
                group=group,
                is_first=drawn.state.pk in by_hand,
            )
            if change.came:
                ask_for_nominations(actor=actor, review=review)
        tell(number)
    DrawEntry.objects.bulk_update([drawn.entry for drawn in states], ["review"])
