"""Beside what the States exchange: the threads of messages on it."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from core.context import looked_up
from core.policy import can
from core.web.moulds import Mould, mark
from dialogue.threads import release_choices, threads_beside as threads_on
from dialogue.threads.enums import ThreadAction

register = template.Library()
_WAYS = "ways to threads"  # under which word ``core.context`` keeps the mould of them


@register.simple_tag(takes_context=True)
def threads_beside(context: Any, subject: str, key: Any, about: Any = "", anchor: str = "") -> SafeString:
    """Those on one matter that the reader finds, and the way to begin one; one query for a whole page.

    For pages of those who read the shared table. ``about`` says to screen readers what the links are about. Most
    matters have no thread, and of these a page may show fifty: what they all have is rendered once. What is written
    comes back to the ``anchor`` of this page where one is given.
    """
    review, user, key = context["review"], context["request"].user, str(key)
    at = [review.mechanism.slug, review.code, subject, key]
    back = urlencode({"next": f"{context['request'].get_full_path()}#{anchor}"}) if anchor else ""
    values = {
        "begin_url": _with(reverse("dialogue:thread-begin", args=at), back),
        "notes_url": _with(reverse("dialogue:aside-matter", args=at), back),
        "about": about,
    }
    if threads := threads_on(user, review, subject, key):
        return _beside(user, review, threads=threads, **values)
    marks = {name: mark(name) for name in values}
    mould: Mould = looked_up((_WAYS, user.pk, review.pk), lambda: Mould(_beside(user, review, threads=(), **marks)))
    return mould.fill(values)


def _with(url: str, query: str) -> str:
    return f"{url}?{query}" if query else url


def _beside(user: Any, review: Any, **shown: Any) -> SafeString:
    given = {
        "may_begin": can(user, ThreadAction.BEGIN, review),
        "writes_notes": can(user, ThreadAction.NOTE, review),
        "address": [review.mechanism.slug, review.code],
    }
    return render_to_string("dialogue/threads/_beside.html", {**given, **shown})


@register.inclusion_tag("dialogue/threads/_who_releases.html", takes_context=True)
def who_releases(context: Any) -> dict[str, Any]:
    """The States of a review that let their experts release their messages; one query."""
    return {"choices": list(release_choices(context["review"]))}
