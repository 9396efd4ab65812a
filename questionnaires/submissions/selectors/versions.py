"""The versions of the answers that stand on the table, and what each has changed; from the frozen documents alone."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from core.database.identity import found_for_policy
from core.language.differences import Run, word_differences
from core.language.rendering import written_in
from questionnaires.definitions import Item, PlacedSection, index_of
from questionnaires.responses.models import ResponseSubmission
from questionnaires.submissions.comparing import (
    NOTHING_SENT,
    AnswerContentSent,
    changed_codes,
    contents_of,
    laws_differ,
    supplements_of,
)
from questionnaires.submissions.selectors.submissions import STANDS
from reviews.bringing.enums import StateWord
from reviews.cases.models import Review

_RELATED = ("review__mechanism", "review__step", "review__state_under_review", "response__version", "cleared_by")


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """What a version says to a question, against a version before it."""

    code: str
    number: int
    sent_at: dt.datetime
    before: AnswerContentSent
    after: AnswerContentSent

    @property
    def choices(self) -> Sequence[Run]:
        return word_differences("\n".join(self.before.choices), "\n".join(self.after.choices))

    @property
    def text(self) -> Sequence[Run]:
        return word_differences(self.before.text, self.after.text)

    @property
    def citations(self) -> Sequence[Run]:
        return word_differences(_lines(self.before), _lines(self.after))

    @property
    def competence(self) -> Sequence[Run]:
        return word_differences(_competence(self.before), _competence(self.after))

    @property
    def is_empty(self) -> bool:
        return self.after == NOTHING_SENT


def _lines(content: AnswerContentSent) -> str:
    return "\n".join(", ".join(filter(None, reference[:3])) for reference in content.citations)


def _competence(content: AnswerContentSent) -> str:
    return _("Not within our competence") if content.is_outside_competence else ""


@dataclass(frozen=True, slots=True)
class SentBeside:
    """What was sent beside the answers, to the question ``code`` or to all, and became part of version ``number``."""

    code: str
    kind: str
    number: int
    day: dt.date
    request: str
    text: str
    language: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChangedQuestion:
    """A question of which two versions say something else, or to which something was sent beside between them."""

    place: PlacedSection
    item: Item
    change: AnswerChange | None
    beside: Sequence[SentBeside] = ()


class VersionHistory:
    """The versions that stand, up to ``submission``, and in which of them each answer was changed last.

    One query, and none for a first version.
    """

    def __init__(self, submission: ResponseSubmission) -> None:
        self.submission = submission

    @cached_property
    def versions(self) -> Sequence[ResponseSubmission]:
        if self.submission.number == 1 or self.submission.brought_piece_id is not None:
            return [self.submission]  # to what was brought in before the State has objected
        rows = ResponseSubmission.objects.filter(STANDS, response=self.submission.response_id)
        before = rows.filter(number__lt=self.submission.number).select_related("cleared_by").order_by("number")
        return [*before, self.submission]

    @cached_property
    def changes(self) -> Mapping[str, AnswerChange]:
        """By question; a version that only carries something beside the answers has changed none."""
        found: dict[str, AnswerChange] = {}
        written = [version for version in self.versions if not version.is_beside]
        old = contents_of(written[0].document) if len(written) > 1 else {}
        for version in written[1:]:
            new = contents_of(version.document)
            found.update(_changes_in(version, old, new))
            old = new
        return found

    @cached_property
    def beside(self) -> Mapping[str, Sequence[SentBeside]]:
        """By question, and under "" what belongs to none."""
        found: dict[str, list[SentBeside]] = {}
        for each in sent_beside(self.submission):
            found.setdefault(each.code, []).append(each)
        return found

    @cached_property
    def marked(self) -> frozenset[str]:
        """The questions whose answer has changed since the first version, or to which something was sent beside."""
        return frozenset({*self.changes, *self.beside} - {""})

    def changed_after(self, codes: Iterable[str], at: dt.datetime | None) -> int | None:
        """The version in which the answer to one of the questions was changed last, after a moment; None for none."""
        later = [self.changes[code] for code in codes if code in self.changes]
        return max((each.number for each in later if at is not None and each.sent_at > at), default=None)

    def at(self, number: int) -> ResponseSubmission:
        """Raises Http404 where no such version stands."""
        for version in self.versions:
            if version.number == number:
                return version
        raise Http404


def changes_between(before: ResponseSubmission, after: ResponseSubmission) -> dict[str, AnswerChange]:
    """By question, what the later of two versions says otherwise; no query."""
    return _changes_in(after, contents_of(before.document), contents_of(after.document))


def _changes_in(
    after: ResponseSubmission, old: Mapping[str, AnswerContentSent], new: Mapping[str, AnswerContentSent]
) -> dict[str, AnswerChange]:
    return {
        code: AnswerChange(code, after.number, after.sent_at, old.get(code, NOTHING_SENT), new.get(code, NOTHING_SENT))
        for code in changed_codes(old, new)
    }


def sent_beside(submission: ResponseSubmission) -> list[SentBeside]:
    """What a version carries of what was sent beside the answers, in the order in which it came."""
    return [
        SentBeside(
            code=each["code"],
            kind=each["kind"],
            number=each["number"],
            day=dt.date.fromisoformat(each["sent_on"]),
            request=written_in(each.get("request", ""), submission.rendered),
            text=written_in(each.get("text", ""), submission.rendered),
            language=each["language"],
            facts=each,
        )
        for each in supplements_of(submission.document)
    ]


def changed_questions(before: ResponseSubmission, after: ResponseSubmission) -> list[ChangedQuestion]:
    """In printed order; no query once the questionnaire is known."""
    index = index_of(after.version_id)
    changes = changes_between(before, after)
    beside: dict[str, list[SentBeside]] = {}
    for each in sent_beside(after):
        if each.number > before.number and each.code:
            beside.setdefault(each.code, []).append(each)
    return [
        ChangedQuestion(place, item, changes.get(item.code), beside.get(item.code, ()))
        for place in index.sections
        for item in place.section.items
        if item.code in changes or item.code in beside
    ]


def beside_all(before: ResponseSubmission, after: ResponseSubmission) -> list[SentBeside]:
    """What came beside all answers between two versions, to no question in particular."""
    return [each for each in sent_beside(after) if each.number > before.number and not each.code]


def says_other_of_laws(before: ResponseSubmission, after: ResponseSubmission) -> bool:
    return laws_differ(before.document, after.document)


def get_standing_version(review: Review, number: int) -> ResponseSubmission:
    """A version that was sent and not recalled; the caller asks the policy. Raises Http404 where there is none.

    What was brought in and the State has objected to is none.
    """
    rows = ResponseSubmission.objects.filter(STANDS, review=review, number=number)
    rows = rows.exclude(brought_piece__word=StateWord.OBJECTED).select_related(*_RELATED)
    found = found_for_policy(rows.first)
    if found is None:
        raise Http404
    return found
