"""The mails on meetings, with the entry for a calendar. They hold no content."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from core.language.i18n import interface_language
from core.mail import notifications
from core.mail.messages import attachment
from reviews.cases.enums import News
from reviews.meetings.calendar import FILE_NAME, meeting_for
from reviews.meetings.models import PlannedMeeting


def notify_meeting(user: User, meeting: PlannedMeeting, news: News, *, key: str, method: str = "") -> None:
    """Tell a person of a meeting to come. ``method`` asks for the entry of the calendar: REQUEST, or CANCEL.

    The entry is made now, in the person's language, and kept with the mail: see ``core.mail.messages.attachment``.
    """
    review = meeting.review
    with translation.override(interface_language(user.language)):
        path = reverse("dialogue:dialogue", args=[review.mechanism.slug, review.code])
        context: dict[str, Any] = {"code": review.code, "sentence": str(news.label), "path": path}
        if method:
            entry = meeting_for(meeting, user.email, is_cancelled=method == "CANCEL")
            context["attachments"] = [attachment(FILE_NAME, "calendar", entry, method=method)]
    notifications.queue(user, "reviews/news", context, key=f"{news}:{meeting.pk}:{key}:{user.pk}")
