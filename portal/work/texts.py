"""Lists of observations and summaries: to draft, to clear, or to wait for the others."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _, ngettext

from core.templatetags.components import names
from observations.texts import PERMISSIONS, TextFacts
from observations.texts.enums import TextAction, TextKind, TextStatus
from observations.versions import TextAgreement, agreements_on_texts
from portal.work.tasks import ReviewPlace, Task, Workload
from reviews.cases.enums import Side
from reviews.due import debtor_names
from reviews.programme.enums import MilestoneKind, StepKind, StepOwner

_KIND_OF_MILESTONE = {MilestoneKind.LIST: TextKind.LIST_OF_OBSERVATIONS, MilestoneKind.SUMMARY: TextKind.SUMMARY}


def texts(workload: Workload) -> Iterator[Task]:
    places = workload.readers_at(StepKind.AGREED_TEXT)
    agreements = agreements_on_texts([place.review for place in places]) if places else {}
    for place in places:
        kind = _KIND_OF_MILESTONE.get(MilestoneKind(place.milestone.plan.kind)) if place.milestone else None
        rows = [row for row in agreements[place.review.pk] if row.text.kind == kind and place.state in row.parties]
        found = [*_to_clear(place, rows), *_to_draft(place, rows), *_with_others(place, rows)]
        yield from found or _owed(place)


def _to_clear(place: ReviewPlace, rows: Sequence[TextAgreement]) -> Iterator[Task]:
    why = _("You are the focal point of %(state)s: only you clear for it.") % {"state": place.state}
    for row in rows:
        if _may(TextAction.CLEAR, place, row):
            what = _("Clear, or object to: %(kind)s, %(instrument)s") % _facts(row)
            yield place.task(what, url=_url(place, row), button=_("Read and clear"), why=why)


def _to_draft(place: ReviewPlace, rows: Sequence[TextAgreement]) -> Iterator[Task]:
    drafting = [row for row in rows if row.text.status == TextStatus.DRAFTING]
    is_list = bool(drafting) and drafting[0].text.kind == TextKind.LIST_OF_OBSERVATIONS
    action = TextAction.DRAFT_OBSERVATION if is_list else TextAction.EDIT_SUMMARY
    if not any(_may(action, place, row) for row in drafting):
        return
    instruments = names([row.text.instrument for row in drafting])
    what, page, button = _("Draft the summaries: %(instruments)s"), "observations:text-list", _("Draft the summaries")
    if is_list:
        what, page = _("Draft the lists of observations: %(instruments)s"), "observations:observation-list"
        button = _("Draft the observations")
    why = _("%(state)s reviews these instruments, and you write for it.") % {"state": place.state}
    if objections := sum(row.objections for row in drafting):
        words = ngettext("%(number)s objection is open.", "%(number)s objections are open.", objections)
        why = f"{why} {words % {'number': objections}}"
    yield place.task(what % {"instruments": instruments}, url=place.url(page), button=button, why=why)


def _with_others(place: ReviewPlace, rows: Sequence[TextAgreement]) -> Iterator[Task]:
    """Versions that the reader's State has cleared, or that somebody else of it is to clear."""
    for row in rows:
        if row.text.status != TextStatus.PROPOSED or _may(TextAction.CLEAR, place, row):
            continue
        what = _("Clearance of: %(kind)s, %(instrument)s") % _facts(row)
        more = {"url": _url(place, row), "button": _("Read the version"), "since": row.proposed_at}
        yield place.waiting(what, names(row.missing), **more)


def _owed(place: ReviewPlace) -> Iterator[Task]:
    """Nothing for the reader: the State under review waits for the drafts, and a State that is done for the others."""
    if place.milestone is None:
        return
    owner = StepOwner.REVIEWING_STATES if place.capacity.side == Side.UNDER_REVIEW else place.milestone.plan.owed_by
    more = {"url": place.url("observations:text-list"), "button": _("Read the documents")}
    yield place.waiting(place.milestone.plan.name, debtor_names(place.review, owner), **more)


def _may(action: TextAction, place: ReviewPlace, row: TextAgreement) -> bool:
    has_cleared = row.answer_of(place.state.pk) is not None
    status = TextStatus(row.text.status)
    facts = TextFacts(capacity=place.capacity, kind=place.kind, status=status, is_party=True, has_cleared=has_cleared)
    return PERMISSIONS.decide(action, facts).allowed


def _facts(row: TextAgreement) -> dict[str, object]:
    return {"kind": row.text.get_kind_display(), "instrument": row.text.instrument}


def _url(place: ReviewPlace, row: TextAgreement) -> str:
    return place.url("observations:text-detail", row.text.instrument.slug, row.text.kind)
