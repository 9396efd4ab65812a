"""What an observation is linked with: laws that the answers cite, and what was sent in the exchange.

A link is a word and a key (``clarification:…``), and says nothing by itself. It is shown where the selectors of its
target give that to the reader; to others it is as if it were not there.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core.language.markdown import to_text
from dialogue.clarifications import law_key
from dialogue.exchange import clarifications_visible_to, feedback_visible_to, supplements_visible_to
from dialogue.exchange.enums import ClarificationSubject, SupplementKind
from dialogue.threads import threads_opened
from observations.texts.enums import ObservationStatus
from observations.texts.models import Observation
from questionnaires.responses.models import ResponseSubmission
from questionnaires.submissions import laws_sent
from reviews.cases.models import Review
from reviews.drafts import readable

LAW, FEEDBACK, CLARIFICATION, SUPPLEMENT, THREAD = "law", "feedback", "clarification", "supplement", "thread"
KINDS: Mapping[str, str | Promise] = {
    LAW: _("Laws that the answers cite"),
    FEEDBACK: _("Written feedback"),
    CLARIFICATION: _("Requests for clarification"),
    SUPPLEMENT: _("Supplementary information"),
    THREAD: _("Messages of the dialogue"),
}
_WORDS = 12


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A target that the reader may read. ``value``: as the observation keeps it; ``title`` may be what people wrote.

    ``question``, of the questionnaire on ``instrument``: what a request is about; empty for all others.
    """

    value: str
    kind: str
    title: str
    url: str
    question: str = ""
    instrument: str = ""


def links_for(
    user: User, review: Review, submission: ResponseSubmission | None, *, kinds: Collection[str] = tuple(KINDS)
) -> dict[str, ShownLink]:
    """All that the reader may link with and finds linked, by value: one query a kind, none for laws.

    Only what was sent: what lies in a room is no target, also for those who read there. ``submission``: the answers,
    where the reader may read them.
    """
    address = [review.mechanism.slug, review.code]
    found: list[ShownLink] = []
    for kind in KINDS:
        if kind in kinds:
            found += _OF[kind](user, review, submission, address)
    return {link.value: link for link in found}


def kinds_in(values: Collection[str]) -> set[str]:
    """The kinds of links that are kept; what is none of them is left out."""
    return {value.partition(":")[0] for value in values} & KINDS.keys()


def _laws(user: User, review: Review, submission: Any, address: Sequence[str]) -> Iterator[ShownLink]:
    url = reverse("questionnaires:submission-laws", args=address)
    for number, cited in enumerate(laws_sent(submission) if submission else (), start=1):
        yield ShownLink(f"{LAW}:{law_key(cited.law)}", LAW, cited.law, f"{url}#law-{number}")


def _feedback(user: User, review: Review, submission: Any, address: Sequence[str]) -> Iterator[ShownLink]:
    for row in feedback_visible_to(user, review).filter(sent_at__isnull=False, room=None):
        url = reverse("dialogue:feedback-detail", args=[*address, row.state_party.iso3])
        yield ShownLink(f"{FEEDBACK}:{row.pk}", FEEDBACK, str(row.state_party), url)


def _clarifications(user: User, review: Review, submission: Any, address: Sequence[str]) -> Iterator[ShownLink]:
    pages = _pages(address, "dialogue:clarification-list")
    for row in clarifications_visible_to(user, review, *ClarificationSubject.values).filter(room=None):
        at = f"{pages[row.subject == ClarificationSubject.QUESTION]}#request-{row.pk}"
        instrument = row.instrument.slug if row.instrument else ""
        value = f"{CLARIFICATION}:{row.pk}"
        yield ShownLink(value, CLARIFICATION, _opening(row.text), at, row.question_code, instrument)


def _supplements(user: User, review: Review, submission: Any, address: Sequence[str]) -> Iterator[ShownLink]:
    pages = _pages(address, "dialogue:dialogue")
    for row in supplements_visible_to(user, review, *SupplementKind.values).filter(room=None):
        at = f"{pages[row.kind == SupplementKind.SOURCE]}#supplement-{row.pk}"
        yield ShownLink(f"{SUPPLEMENT}:{row.pk}", SUPPLEMENT, row.title or _opening(row.information), at)


def _threads(user: User, review: Review, submission: Any, address: Sequence[str]) -> Iterator[ShownLink]:
    for row in threads_opened(user, review):
        url = reverse("dialogue:thread", args=[*address, row.pk])
        yield ShownLink(f"{THREAD}:{row.pk}", THREAD, _opening(row.text), url)


def _pages(address: Sequence[str], of_answers: str) -> tuple[str, str]:
    """Where that stands which is not about the answers, and where that which is."""
    return reverse("dialogue:preparation", args=address), reverse(of_answers, args=address)


_OF: Mapping[str, Callable[..., Iterator[ShownLink]]] = {
    LAW: _laws,
    FEEDBACK: _feedback,
    CLARIFICATION: _clarifications,
    SUPPLEMENT: _supplements,
    THREAD: _threads,
}


def observations_discussed(user: User, review: Review, keys: Collection[str]) -> dict[str, tuple[str, str]]:
    """Those that threads of the dialogue may be about, of the table: by key, in words, and where each is read."""
    wanted = set()
    for key in keys:
        with suppress(ValueError):
            wanted.add(UUID(key))
    if not wanted:
        return {}
    page = reverse("observations:observation-list", args=[review.mechanism.slug, review.code])
    rows = readable(Observation.objects.filter(pk__in=wanted, room=None), user, review).select_related("heading")
    return {str(row.pk): (_title(row), f"{page}{_at(row)}") for row in rows}


def _title(row: Observation) -> str:
    if row.withdrawn_at is None:
        numbered, unnumbered = _("Observation %(number)s"), _("Observation: %(heading)s")
    else:
        numbered, unnumbered = _("Observation %(number)s (withdrawn)"), _("Observation: %(heading)s (withdrawn)")
    return str(numbered) % {"number": row.number} if row.number else str(unnumbered) % {"heading": row.heading}


def _at(row: Observation) -> str:
    """The list shows what was withdrawn only where it is asked for."""
    status = f"?status={ObservationStatus.WITHDRAWN}" if row.withdrawn_at is not None else ""
    return f"{status}#observation-{row.pk}"


def observations_before(review: Review) -> dict[str, list[str]]:
    """By the keys of observations on the table those of the withdrawn ones that they were copied from; one query."""
    copies = Observation.objects.filter(review=review, room=None, copied_from__withdrawn_at__isnull=False)
    source = {str(copy): str(original) for copy, original in copies.values_list("pk", "copied_from")}
    found: dict[str, list[str]] = {}
    for key in source:
        each = key
        while each in source:
            each = source[each]
            found.setdefault(key, []).append(each)
    return found


def _opening(text: str) -> str:
    return Truncator(" ".join(to_text(text).split())).words(_WORDS)
