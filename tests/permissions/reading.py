"""Asking for a page as somebody, and everything that comes of it: the answer, the mails, the record of acts."""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import OK
from typing import Any

from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from core.mail import notifications
from core.models import AuditEntry, Notification
from tests.forms import carried_in
from tests.permissions.urls_base import Page, Scene
from tests.utils import login_as

# What a form of the exchange carries unseen.
_CARRIED = {"shown", "base", "copied", "number", "replaces", "returned_at", "sha256", "feedback_sha256", "step", "said"}


@dataclass(frozen=True)
class Answered:
    """``location``: the path that it leads on to; ``traces``: mails and audit entries that the act left behind."""

    status: int
    location: str
    text: str
    traces: str = ""
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def signed_in(user: User) -> Client:
    return login_as(Client(raise_request_exception=False), user)


def address_of(page: Page, scene: Scene, query: str = "") -> str:
    with translation.override("en"):
        return reverse(page.name, args=page.args(scene)) + query


def content_of(http_response: Any) -> bytes:
    """All bytes of an answer, also of one that streams; a file behind it is closed by that."""
    return b"".join(http_response.streaming_content) if http_response.streaming else http_response.content


def answer_of(client: Client, page: Page, scene: Scene, query: str = "") -> Answered:
    """What comes back to who has opened no form; whatever it changed is undone."""
    return answered(client, page, address_of(page, scene, query), {})


def answered(client: Client, page: Page, address: str, carried: Mapping[str, str] | None = None) -> Answered:
    """What comes back at an address of the page; whatever it changed is undone.

    ``carried``: what the form at the address carries unseen; without it the form is opened first, to know.
    """
    with transaction.atomic():
        if page.method == "post" and carried is None:
            opened = client.get(address)
            carried = carried_at(opened.status_code, content_of(opened))
        before = _written() if page.method == "post" else None
        http_response = getattr(client, page.method)(address, {**(carried or {}), **page.data})
        content = content_of(http_response)
        traces = _traces(before) if before else ""
        transaction.set_rollback(True)
    location = http_response.headers.get("Location", "").partition("?")[0]
    headers = dict(http_response.headers)
    text = _text(content, headers["Content-Type"])
    return Answered(http_response.status_code, location, text, traces, content, headers)


def carried_at(status: int, content: bytes) -> dict[str, str]:
    """What a form of the exchange carries unseen, where it was shown."""
    carried = carried_in(content.decode(errors="replace")) if status == OK else {}
    return {name: value for name, value in carried.items() if name in _CARRIED}


def _text(content: bytes, content_type: str) -> str:
    text = content.decode(errors="replace")
    if "calendar" in content_type:
        return unfolded(text)
    return json.dumps(json.loads(text), ensure_ascii=False) if "json" in content_type else html.unescape(text)


def unfolded(text: str) -> str:
    """The lines of a calendar as they were before they were folded, which may go through a word."""
    return text.replace("\r\n ", "")


def _written() -> tuple[set[object], set[object]]:
    """The keys of what the record of acts and the outbox hold, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ARRAY(SELECT id FROM core_auditentry)::bigint[], ARRAY(SELECT id FROM core_notification)::uuid[]"
        )
        entries, mails = cursor.fetchone()
    return set(entries), set(mails)


def _traces(before: tuple[set[object], set[object]]) -> str:
    """Every new entry of the record of acts, and every new mail as it would leave."""
    if (after := _written()) == before:
        return ""
    new_entries, new_mails = (now - then for now, then in zip(after, before, strict=True))
    rows = AuditEntry.objects.filter(pk__in=new_entries).values_list("before", "after", "reason", "target_label")
    told = [json.dumps([list(row) for row in rows], ensure_ascii=False)]
    for notification in Notification.objects.filter(pk__in=new_mails):
        context = dict(notification.context)
        attached = " ".join(unfolded(each["text"]) for each in context.pop("attachments", []))
        told.append(json.dumps(context, ensure_ascii=False))
        told.append(attached.replace(notification.recipient.email, ""))  # a person's own address tells nobody else
        mail.outbox.clear()
        notifications.deliver(str(notification.pk))
        told += [f"{each.subject} {each.body} {each.alternatives[0].content}" for each in mail.outbox]
    return html.unescape(" ".join(told))
