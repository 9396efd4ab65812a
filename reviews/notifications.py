"""The mails of this app. They name a review by its code and lead to its page; they hold no content."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import translation

from accounts.models import StateParty, User
from core import notifications
from core.i18n import interface_language
from core.letters import attachment
from core.models import Notification
from reviews.enums import News, NoteNews
from reviews.meeting_calendar import FILE_NAME, meeting_for
from reviews.models import Mechanism, NoteVerbale, Participation, PlannedMeeting, Review, ReviewMilestone


class MovedDate(NamedTuple):
    """An open milestone as it stands now, and its indicative date before."""

    review: Review
    milestone: ReviewMilestone
    was: dt.date


def review_path(review: Review, user: User) -> str:
    """The address of a review's page, in the language of whom the mail goes to."""
    with translation.override(interface_language(user.language)):
        return reverse("portal:review-detail", args=[review.mechanism.slug, review.code])


def notify_due(user: User, review: Review, milestone: ReviewMilestone, *, key: str) -> bool:
    """Owe one reminder; give whether it is new."""
    with translation.override(interface_language(user.language)):
        context = {
            "code": review.code,
            "milestone": milestone.plan.name,
            "due_on": milestone.due_on.isoformat(),
            "path": review_path(review, user),
        }
    full_key = f"due:{review.pk}:{user.pk}:{key}"
    return notifications.queue(user, "reviews/due", context, key=full_key) is not None


def notify_registered(participation: Participation) -> None:
    user, review = participation.user, participation.review
    with translation.override(interface_language(user.language)):
        role = participation.get_role_display()
    context = {"code": review.code, "role": role, "path": review_path(review, user)}
    notifications.queue(user, "reviews/registered", context, key=f"registered:{participation.pk}")


def notify_in_charge(user: User, review: Review, *, key: str) -> None:
    """Tell an officer that somebody else has put him or her in charge of a review."""
    context = {"code": review.code, "number": 1, "path": review_path(review, user)}
    notifications.queue(user, "reviews/in_charge", context, key=f"in-charge:{review.pk}:{user.pk}:{key}")


def notify_in_charge_of_many(user: User, mechanism: Mechanism, number: int, *, key: str) -> bool:
    """One mail for all reviews of one act, leading to the officer's own in the cockpit; give whether it is new."""
    with translation.override(interface_language(user.language)):
        path = reverse("portal:cockpit", args=[mechanism.slug])
    context = {"code": "", "number": number, "path": path, "query": "officer=me"}
    return notifications.queue(user, "reviews/in_charge", context, key=f"in-charge:{key}") is not None


def notify_taken_over(participation: Participation) -> None:
    """Lead somebody who takes over from another person to the page that says what is in hand."""
    user, review = participation.user, participation.review
    with translation.override(interface_language(user.language)):
        path = reverse("portal:handover", args=[review.mechanism.slug, review.code])
    notifications.queue(
        user, "reviews/taken_over", {"code": review.code, "path": path}, key=f"taken-over:{participation.pk}"
    )


def notify_ended(participation: Participation) -> None:
    """Tell somebody that he or she takes part no longer; the mail leads to what is left to him or her."""
    user, review = participation.user, participation.review
    with translation.override(interface_language(user.language)):
        role, path = participation.get_role_display(), reverse("portal:dashboard")
    context = {"code": review.code, "role": role, "path": path}
    notifications.queue(user, "reviews/ended", context, key=f"ended:{participation.pk}")


def notify_answers_sent(user: User, review: Review) -> None:
    """Tell a focal point of a reviewing State that the answers can be read."""
    context = {"code": review.code, "path": review_path(review, user)}
    notifications.queue(user, "reviews/answers_sent", context, key=f"answers-sent:{review.pk}:{user.pk}")


def plan_moved(user: User, moved: Sequence[MovedDate], *, number: int, key: str) -> Notification:
    """The mail, unsaved, on dates that a person owes and that follow another version of the step plan from now on."""
    with translation.override(interface_language(user.language)):
        items = [
            {
                "code": each.review.code,
                "milestone": each.milestone.plan.name,
                "was": each.was.isoformat(),
                "due_on": each.milestone.due_on.isoformat(),
            }
            for each in moved
        ]
        reviews = {each.review.code: each.review for each in moved}
        path = reverse("portal:dashboard")
        if len(reviews) == 1:
            path = reverse("reviews:dates", args=[moved[0].review.mechanism.slug, moved[0].review.code])
    context = {"items": items, "count": len(items), "number": number, "path": path}
    return Notification(
        recipient=user, key=f"plan-moved:{key}:{user.pk}", template="reviews/plan_moved", context=context,
        about=sorted(reviews),
    )  # fmt: skip


def notify_news(user: User, review: Review, news: News, *, page: str, args: tuple[str, ...] = (), key: str) -> None:
    """Tell a person what has happened in a review. ``page`` is the name of the address that the mail leads to."""
    with translation.override(interface_language(user.language)):
        path = reverse(page, args=[review.mechanism.slug, review.code, *args])
        context = {"code": review.code, "sentence": str(news.label), "path": path}
    notifications.queue(user, "reviews/news", context, key=f"{news}:{key}:{user.pk}")


def notify_meeting(user: User, meeting: PlannedMeeting, news: News, *, key: str, method: str = "") -> None:
    """Tell a person of a meeting to come. ``method`` asks for the entry of the calendar: REQUEST, or CANCEL.

    The entry is made now, in the person's language, and kept with the mail: see ``core.letters.attachment``.
    """
    review = meeting.review
    with translation.override(interface_language(user.language)):
        path = reverse("reviews:dialogue", args=[review.mechanism.slug, review.code])
        context: dict[str, Any] = {"code": review.code, "sentence": str(news.label), "path": path}
        if method:
            entry = meeting_for(meeting, user.email, is_cancelled=method == "CANCEL")
            context["attachments"] = [attachment(FILE_NAME, "calendar", entry, method=method)]
    notifications.queue(user, "reviews/news", context, key=f"{news}:{meeting.pk}:{key}:{user.pk}")


def notify_silence_near(user: User, review: Review, counts_on: dt.date, *, key: str) -> None:
    """Tell a focal point from which day on the silence of his or her State counts as its confirmation."""
    with translation.override(interface_language(user.language)):
        path = reverse("reviews:consultation", args=[review.mechanism.slug, review.code])
    context = {"code": review.code, "counts_on": counts_on.isoformat(), "path": path}
    notifications.queue(user, "reviews/silence_near", context, key=f"silence-near:{key}:{user.pk}")


def notify_mission_of_start(user: User, review: Review, state_party: StateParty, *, key: str) -> None:
    """Tell a State's permanent mission that the others go ahead; the mail leads to where it names its people."""
    with translation.override(interface_language(user.language)):
        path = reverse("reviews:state-nominations", args=[review.mechanism.slug, state_party.iso3])
        context = {"code": review.code, "sentence": str(News.WENT_AHEAD.label), "path": path}
    notifications.queue(user, "reviews/news", context, key=f"{News.WENT_AHEAD}:{key}:{user.pk}")


def notify_note(user: User, note: NoteVerbale, news: NoteNews, *, key: str) -> None:
    """Tell a person how a note verbale stands. The mail names its State and its number, and nobody in it."""
    with translation.override(interface_language(user.language)):
        path = reverse("reviews:note-detail", args=[note.mechanism.slug, note.state_party.iso3, note.pk])
        context = {
            "state": str(note.state_party.name),
            "number": note.number,
            "sentence": str(news.label),
            "path": path,
        }
    notifications.queue(user, "reviews/note_news", context, key=f"note-{news}:{note.pk}:{key}:{user.pk}")


def notify_mission(user: User, mechanism: Mechanism, state_party: StateParty, *, key: str) -> None:
    """Tell somebody that he or she names a State's people from now on."""
    with translation.override(interface_language(user.language)):
        path = reverse("reviews:state-nominations", args=[mechanism.slug, state_party.iso3])
        context = {
            "state": str(state_party.name),
            "number": "",
            "sentence": str(NoteNews.MISSION.label),
            "path": path,
        }
    notifications.queue(user, "reviews/note_news", context, key=f"mission:{key}")


def notify_missing(user: User, mechanism: Mechanism, state_party: StateParty, *, key: str) -> bool:
    """Ask whoever speaks for a State to name its people; give whether the mail is new."""
    with translation.override(interface_language(user.language)):
        path = reverse("reviews:state-nominations", args=[mechanism.slug, state_party.iso3])
        context = {
            "state": str(state_party.name),
            "number": "",
            "sentence": str(NoteNews.MISSING.label),
            "path": path,
        }
    full_key = f"missing:{mechanism.pk}:{state_party.pk}:{user.pk}:{key}"
    return notifications.queue(user, "reviews/note_news", context, key=full_key) is not None
