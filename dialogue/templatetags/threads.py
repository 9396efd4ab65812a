"""Beside what the States exchange: the threads of messages on it."""

from typing import Any

from django import template

from core.policy import can
from dialogue.threads import release_choices, threads_beside as threads_on
from dialogue.threads.enums import ThreadAction

register = template.Library()


@register.inclusion_tag("dialogue/threads/_beside.html", takes_context=True)
def threads_beside(context: Any, subject: str, key: Any, about: str = "") -> dict[str, Any]:
    """Those on one matter that the reader finds, and the way to begin one; one query for a whole page.

    For pages of those who read the shared table. ``about`` says to screen readers what the links are about.
    """
    review, user, key = context["review"], context["request"].user, str(key)
    return {
        "threads": threads_on(user, review, subject, key),
        "may_begin": can(user, ThreadAction.BEGIN, review),
        "writes_notes": can(user, ThreadAction.NOTE, review),
        "subject": subject,
        "key": key,
        "about": about,
        "address": [review.mechanism.slug, review.code],
    }


@register.inclusion_tag("dialogue/threads/_who_releases.html", takes_context=True)
def who_releases(context: Any) -> dict[str, Any]:
    """The States of a review that let their experts release their messages; one query."""
    return {"choices": list(release_choices(context["review"]))}
