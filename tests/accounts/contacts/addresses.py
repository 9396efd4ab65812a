"""Who gets what at the addresses of contacts of States: officers."""

from typing import Any

from tests.permissions.urls_base import AUDITOR, OFFICERS, Page, Scene, once, only

_OFFICERS = once(only(OFFICERS, of=OFFICERS | AUDITOR))


def contact(scene: Scene) -> list[Any]:
    return [scene.outreach.contact.pk]


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
TABLE = {"contacts of States": CONTACTS}
