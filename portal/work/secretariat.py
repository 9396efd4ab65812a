"""What an officer does: notes verbales to check, and the acts in the reviews of which he or she is in charge."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from accounts.people.enums import AccountAction
from core.mail.reports import unreached
from core.policy import can
from core.templatetags.components import names
from portal.reminders import MISSING
from portal.work.selectors import notes_waiting_since
from portal.work.tasks import DueDay, Task, Workload, address, due_of
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review, ReviewMilestone
from reviews.consultations import StandingWords, standing_words_in
from reviews.due import debtor_names, next_act
from reviews.nominations import notes_to_check
from reviews.outreach import received_waiting
from reviews.programme import mechanisms
from reviews.programme.enums import StepKind, StepOwner


def notes(workload: Workload) -> Iterator[Task]:
    counts = notes_to_check(workload.user) if workload.user.secretariat_role else {}
    if not counts:
        return
    since = notes_waiting_since(workload.user)
    for mechanism in mechanisms():
        if number := counts.get(mechanism.pk):
            what = ngettext("Check %(number)d note verbale", "Check %(number)d notes verbales", number)
            url = reverse("reviews:note-list", args=[mechanism.slug])
            yield Task(
                what % {"number": number},
                workload.secretariat,
                f"{url}?status=submitted",
                _("See the notes verbales"),
                why=_("A State has named people; an officer who has not recorded the note checks it."),
                since=since.get(mechanism.pk),
            )


def received(workload: Workload) -> Iterator[Task]:
    """For every officer: what missions have sent by their links, until somebody takes it over."""
    counts = received_waiting(workload.user) if workload.user.secretariat_role else {}
    if not counts:
        return
    for mechanism in mechanisms():
        if number := counts.get(mechanism.pk):
            what = ngettext(
                "Take over what %(number)d mission has sent", "Take over what %(number)d missions have sent", number
            )
            url = reverse("reviews:received-list", args=[mechanism.slug])
            yield Task(
                what % {"number": number},
                workload.secretariat,
                f"{url}?status=received",
                _("See what was received"),
                why=_("A mission has named people by its link. An officer records it as a note verbale."),
            )


def unreached_people(workload: Workload) -> Iterator[Task]:
    """For every officer: people whom mails do not reach, until somebody mends the address or a mail arrives."""
    if not can(workload.user, AccountAction.VIEW_DELIVERIES):
        return
    lost = list(unreached().values_list("created_at", flat=True))
    if lost:
        number = len(lost)
        what = ngettext("Mails do not reach %(number)d person", "Mails do not reach %(number)d people", number)
        yield Task(
            what % {"number": number},
            workload.secretariat,
            f"{reverse('portal:delivery-list')}?status={MISSING}",
            _("See the mails"),
            why=_("The page says why, and lets you correct the address or send a mail once more."),
            since=min(lost),
        )


def in_charge(workload: Workload) -> Iterator[Task]:
    """The acts of the officer in charge, and for whom his or her other reviews wait."""
    consulting = [review for review in workload.in_charge if review.step.kind == StepKind.CONSULTATION]
    standing = standing_words_in(consulting) if consulting else {}
    for review in workload.in_charge:
        milestone = next_act(review)
        if review.step.kind == StepKind.CONSULTATION:
            yield _consulting(workload, review, milestone, standing.get(review.pk))
        elif milestone is not None:
            yield _act(workload, review, milestone)


def _consulting(
    workload: Workload, review: Review, milestone: ReviewMilestone | None, words: StandingWords | None
) -> Task:
    url, due = address(review, "reviews:consultation"), due_of(review, milestone, workload.now) if milestone else None
    since = words.proposal.created_at if words else review.at_step_since  # type: ignore[attr-defined]
    is_agreed = words is not None and not words.missing
    if is_agreed and can(workload.user, ReviewAction.RECORD_CONSULTATIONS, review):
        what = _("Open the self-assessment: languages and dates are agreed")
        return _own(workload, review, what, url, _("Go to the consultations"), due)
    who = names(words.missing) if words else _("the focal points")
    what = _("Agreement on working languages and dates")
    button = _("See the consultations")
    return Task(what, workload.secretariat, url, button, review=review, due=due, waits_for=who, since=since)


def _act(workload: Workload, review: Review, milestone: ReviewMilestone) -> Task:
    home, due = address(review, "portal:review-detail"), due_of(review, milestone, workload.now)
    if milestone.plan.clock_stops and can(workload.user, ReviewAction.RECORD_PROCESSING, review):
        what = _("Process the documentation and record it: %(milestone)s") % {"milestone": milestone.plan.name}
        return _own(workload, review, what, home, _("Open the review"), due)
    who = debtor_names(review, milestone.plan.owed_by)
    if milestone.plan.owed_by == StepOwner.SECRETARIAT:
        return _own(workload, review, milestone.plan.name, home, _("Open the review"), due)
    return Task(
        milestone.plan.name,
        workload.secretariat,
        home,
        _("Open the review"),
        review=review,
        due=due,
        waits_for=who,
        since=review.at_step_since,  # type: ignore[attr-defined]
    )


def _own(workload: Workload, review: Review, what: str, url: str, button: str, due: DueDay | None) -> Task:
    why = _("You are the officer in charge of this review.")
    return Task(what, workload.secretariat, url, button, why, review, due)
