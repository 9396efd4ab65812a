"""Keeping the list of publications and tools (resolution 10/1, annex I, paragraph 8 (b))."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.text import clean_text, is_web_address, one_line, require_text
from core.policy import require
from core.seen import require_unchanged
from reviews.programme.models import Cluster, Instrument, Mechanism
from reviews.reading.enums import ReadingAction, ReadingKind
from reviews.reading.models import ReadingItem

_LAST, _STEP = 32_000, 10


@dataclass(frozen=True, slots=True)
class ReadingInput:
    """What an officer gives of an entry; without ``order`` a new one comes last, and another one keeps its place."""

    kind: str
    title: str
    language: str
    link: str = ""
    instrument: Instrument | None = None
    cluster: Cluster | None = None
    order: int | None = None


@transaction.atomic
def add_item(*, actor: User, mechanism: Mechanism, given: ReadingInput) -> ReadingItem:
    """Put a work on the list.

    Raises ServiceError with the field: no title, an address that does not lead to the web, an instrument or a cluster
    of another mechanism, or a work that is on the list in that language.
    """
    require(actor, ReadingAction.MAINTAIN)
    _lock(mechanism)
    item = ReadingItem(mechanism=mechanism)
    _fill(item, given)
    audit.record(actor, "reviews.readingitem.added", item, after=_facts(item))
    return item


@transaction.atomic
def change_item(*, actor: User, item: ReadingItem, given: ReadingInput, seen: str) -> ReadingItem:
    """Correct an entry. Raises ServiceError like ``add_item``, and where a colleague has changed what was ``seen``."""
    require(actor, ReadingAction.MAINTAIN)
    locked = _lock_item(item, seen)
    before = _facts(locked)
    _fill(locked, given)
    audit.record(actor, "reviews.readingitem.changed", locked, before=before, after=_facts(locked))
    return locked


@transaction.atomic
def withdraw_item(*, actor: User, item: ReadingItem, seen: str) -> ReadingItem:
    """Take an entry off the pages of reviews. Raises ServiceError where it is off, or a colleague has changed it."""
    require(actor, ReadingAction.MAINTAIN)
    locked = _lock_item(item, seen)
    if locked.withdrawn_at is not None:
        raise ServiceError(_("This entry is withdrawn."))
    locked.withdrawn_at = timezone.now()
    locked.save()
    audit.record(actor, "reviews.readingitem.withdrawn", locked, after=_facts(locked))
    return locked


@transaction.atomic
def put_back(*, actor: User, item: ReadingItem, seen: str) -> ReadingItem:
    """Show an entry again that was withdrawn. Raises ServiceError where it is shown, or a colleague has changed it."""
    require(actor, ReadingAction.MAINTAIN)
    locked = _lock_item(item, seen)
    if locked.withdrawn_at is None:
        raise ServiceError(_("This entry is on the list."))
    locked.withdrawn_at = None
    locked.save()
    audit.record(actor, "reviews.readingitem.put_back", locked, after=_facts(locked))
    return locked


def _fill(item: ReadingItem, given: ReadingInput) -> None:
    was = (item.title, item.language, item.link)
    item.kind, item.language = ReadingKind(given.kind), given.language
    title = require_text(given.title, _("Give the title of the work."), maximum=300, field="title")
    item.title = one_line(title)
    item.link = clean_text(given.link, maximum=1000, field="link").strip()
    if item.link and not is_web_address(item.link):
        raise ServiceError(_("A link must begin with https:// or http://."), field="link")
    for name, row in (("instrument", given.instrument), ("cluster", given.cluster)):
        if row is not None and row.mechanism_id != item.mechanism_id:
            raise ServiceError(_("This belongs to another mechanism."), field=name)
    item.instrument, item.cluster = given.instrument, given.cluster
    if was != (item.title, item.language, item.link):
        item.evidence_mark = item.evidence_note = ""  # they spoke of another work
    others = ReadingItem.objects.filter(mechanism=item.mechanism).exclude(pk=item.pk)
    same = others.filter(language=item.language, title=item.title).first()
    if same is not None:
        raise ServiceError(_stands(same), field="title")
    if given.order is not None:
        item.order = given.order
    elif item._state.adding:
        highest = others.aggregate(highest=Max("order"))["highest"] or 0
        item.order = min(highest + _STEP, _LAST)
    item.save()


def _stands(same: ReadingItem) -> str:
    if same.withdrawn_at is not None:
        return _("This work was on the list in this language and is withdrawn: put it back.")
    return _("This work is on the list in this language.")


def _lock(mechanism: Mechanism) -> None:
    """Two who put the same work on the list wait for each other."""
    Mechanism.objects.select_for_update(no_key=True).get(pk=mechanism.pk)


def _lock_item(item: ReadingItem, seen: str) -> ReadingItem:
    _lock(item.mechanism)
    locked = ReadingItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    require_unchanged(locked, seen)
    return locked


def _facts(item: ReadingItem) -> dict[str, object]:
    """What is on the list is public; the record says it whole."""
    return {
        **{name: str(getattr(item, name)) for name in ("kind", "title", "language", "link", "evidence_note")},
        "order": item.order,
        "instrument": item.instrument.slug if item.instrument else "",
        "cluster": item.cluster.number if item.cluster else None,
        "is_withdrawn": item.withdrawn_at is not None,
    }
