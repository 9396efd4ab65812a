"""The rows of the timeline as the page says them, out of a mould: two hundred that differ in a dozen values."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from django.template import loader
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.language.i18n import isolated
from core.language.terminology import Tongue, tongue
from core.templatetags.components import due_words
from core.web.moulds import Mould, mark
from portal.cockpit.gantt import HEIGHT, WIDTH, GanttRow
from reviews.due import debtor_names

_FLAGS = ("can_be_chosen", "waits", "is_past")
_SIZE = {"width": WIDTH, "height": HEIGHT}
_FIRST = SafeString(" data-first")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """``waits``: for an act, whose ``distance`` says how far its date is; ``first``: an attribute of the first row."""

    can_be_chosen: bool
    waits: bool
    is_past: bool
    first: str
    code: str
    choose: str
    url: str
    state: str
    step: str
    distance: str
    act: str
    debtor: str
    words: str
    drawing: str


_VALUES = tuple(field.name for field in fields(ShownRow) if field.name not in _FLAGS)


class _RowKey(NamedTuple):
    """What decides which parts a row has, and in which words."""

    tongue: Tongue
    can_be_chosen: bool
    waits: bool
    is_past: bool


_moulds: dict[_RowKey, Mould] = {}


def timeline_rows(rows: Iterable[GanttRow], mechanism: str, *, can_be_chosen: bool) -> SafeString:
    """``mechanism``: its slug; ``can_be_chosen``: whether the reader acts on several reviews at once."""
    return written(shown_rows(rows, mechanism, can_be_chosen=can_be_chosen))


def shown_rows(rows: Iterable[GanttRow], mechanism: str, *, can_be_chosen: bool) -> list[ShownRow]:
    url = reverse("portal:review-detail", args=[mechanism, "_"])
    choose = _("Choose %(code)s")
    shown = []
    for place, row in enumerate(rows):
        review, act = row.review, row.next_act
        shown.append(
            ShownRow(
                can_be_chosen=can_be_chosen,
                waits=act is not None,
                is_past=act is not None and row.today is not None and act.due_on < row.today,
                first=SafeString("") if place else _FIRST,
                code=review.code,
                choose=choose % {"code": isolated(review.code)},
                url=url.replace("/_/", f"/{review.code}/"),
                state=str(review.state_under_review),
                step=row.step if review.has_begun else review.step_words,
                distance=due_words(act.due_on, row.today) if act and row.today else "",
                act=act.name if act else "",
                debtor=debtor_names(review, act.owed_by) if act else "",
                words=row.words,
                drawing=row.drawing,
            )
        )
    return shown


def written(rows: Iterable[ShownRow]) -> SafeString:
    return mark_safe("".join(_written(row) for row in rows))  # noqa: S308 - rendered, and escaped


def _written(row: ShownRow) -> SafeString:
    key = _RowKey(tongue(), row.can_be_chosen, row.waits, row.is_past)
    mould = _moulds.get(key)
    if mould is None:
        blank: dict[str, Any] = {name: mark(name) for name in _VALUES} | {name: getattr(row, name) for name in _FLAGS}
        mould = _moulds[key] = Mould(rendered(ShownRow(**blank)))
    return mould.fill({name: getattr(row, name) for name in _VALUES})


def rendered(row: ShownRow) -> str:
    """The row by its template, without a mould."""
    return loader.render_to_string("portal/cockpit/_cockpit_row.html", {"row": row, "gantt": _SIZE})
