"""Who gets what at the addresses of contacts, letters and links: officers; and whoever holds a link, its page alone."""

from typing import Any

from tests.permissions.urls_base import ANYBODY, AUDITOR, OFFICERS, Page, Scene, once, only

_OFFICERS = once(only(OFFICERS, of=OFFICERS | AUDITOR))


def contact(scene: Scene) -> list[Any]:
    return [scene.outreach.contact.pk]


def mechanism(scene: Scene) -> list[Any]:
    return ["untoc"]


def received(scene: Scene) -> list[Any]:
    return ["untoc", scene.outreach.received.pk]


def damaged(scene: Scene) -> list[Any]:
    return ["no-such-token"]


CONTACTS = [
    Page("accounts:contact-list", _OFFICERS),
    Page("accounts:contact-add", _OFFICERS),
    Page("accounts:contact-add", _OFFICERS, method="post", success=422),
    Page("accounts:contact-upload", _OFFICERS),
    Page("accounts:contact-upload", _OFFICERS, method="post", success=422),
    Page("accounts:contact-confirm", _OFFICERS, success=302),
    Page("accounts:contact-confirm", _OFFICERS, method="post", success=302),
    Page("accounts:contact-template", _OFFICERS),
    Page("accounts:contact-change", _OFFICERS, contact),
    Page("accounts:contact-change", _OFFICERS, contact, "post", success=422),
    Page("accounts:contact-remove", _OFFICERS, contact),
    Page("accounts:contact-remove", _OFFICERS, contact, "post", success=422),
]
BOARD = [
    Page("reviews:board", _OFFICERS, mechanism),
    Page("reviews:letters", _OFFICERS, mechanism),
    Page("reviews:letters", _OFFICERS, mechanism, "post", success=422),
    Page("reviews:received-list", _OFFICERS, mechanism),
    Page("reviews:received-detail", _OFFICERS, received),
    Page("reviews:received-scan", _OFFICERS, received),
    Page("reviews:received-take-over", _OFFICERS, received),
    Page("reviews:received-take-over", _OFFICERS, received, "post", success=422),
    Page("reviews:received-set-aside", _OFFICERS, received),
    Page("reviews:received-set-aside", _OFFICERS, received, "post", success=422),
]
MISSIONS = [
    Page("reviews:mission-link", ANYBODY, success=404, anonymous=404),
    Page("reviews:mission-link", ANYBODY, method="post", success=404, anonymous=404),
    Page("reviews:mission-link-renew", ANYBODY, method="post", success=302, anonymous=302),
    Page("reviews:mission-link-follow", ANYBODY, damaged, success=302, anonymous=302),
]
TABLE = {"contacts of States": CONTACTS, "States on board": BOARD, "links of missions": MISSIONS}
