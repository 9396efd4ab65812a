"""The lists of observations of a review, for one reader: his or her State's drafts, and what lies on the table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.people.models import User
from core.language.differences import Run, word_differences
from core.language.i18n import list_of
from core.policy import Decision, can, explain
from dialogue.desk import articles_by_instrument
from observations.hints import HintLine, Vocabulary, hints_of_list, vocabularies
from observations.needs import kept_words, types_for
from observations.observations.entries import articles_of, entry_of
from observations.observations.links import ShownLink, kinds_in, links_for
from observations.observations.selectors import revisions_visible_to
from observations.observations.statuses import status_of
from observations.texts import headings_of, texts_visible_to
from observations.texts.enums import ObservationStatus, TextAction, TextKind, TextStatus
from observations.texts.models import AgreedText, Observation, ObservationHeading, ObservationRevision
from questionnaires.definitions import Item, PlacedSection, VersionIndex, index_of
from questionnaires.responses.models import ResponseSubmission
from questionnaires.submissions import VersionHistory, latest_submission
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant, Side
from reviews.cases.models import Review
from reviews.programme.models import Article, Instrument
from reviews.visibility import instruments_of, reviewing_states_of


@dataclass(frozen=True, slots=True)
class Ground:
    """A question that an observation rests on, and the section where it is answered."""

    item: Item
    place: PlacedSection


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """An observation, what it rests on, and which acts are open to the reader.

    ``changed_in``: the version in which an answer that it rests on has changed since it was written.
    """

    observation: Observation
    grounds: Sequence[Ground]
    may_edit: bool
    may_copy: bool
    may_lay_on_table: bool
    may_withdraw: bool
    status: ObservationStatus
    links: Sequence[ShownLink] = ()
    may_discuss: bool = False
    changed_in: int | None = None


@dataclass(frozen=True, slots=True)
class ArticleSet:
    """Observations on the same articles."""

    articles: Sequence[Article]
    rows: Sequence[ObservationRow]


@dataclass(frozen=True, slots=True)
class HeadingGroup:
    heading: ObservationHeading
    sets: Sequence[ArticleSet]


@dataclass(frozen=True, slots=True)
class InstrumentList:
    """The list of an instrument; where there is none, ``reason`` says why. ``add`` is None for mere readers.

    ``hints``: what in it is worth a second look, while it is not agreed. ``may_table_several``: two drafts at least lie
    in the reader's room; ``may_arrange``: two at least can change places.
    """

    instrument: Instrument
    text: AgreedText | None
    reason: str = ""
    add: Decision | None = None
    headings: Sequence[HeadingGroup] = ()
    hints: Sequence[HintLine] = ()
    may_table_several: bool = False
    may_arrange: bool = False


def lists_for(
    user: User, review: Review, observations: Iterable[Observation], *, is_narrowed: bool = False
) -> list[InstrumentList]:
    """All instruments of a review in their order, in a constant number of queries.

    ``observations``: those of the reader, perhaps ``is_narrowed``: then headings without any are left out, and so are
    the hints, which look at whole lists.
    """
    texts = {text.instrument_id: text for text in texts_visible_to(user, review, TextKind.LIST_OF_OBSERVATIONS)}
    instruments = list(instruments_of(review))
    articles = articles_by_instrument(review)
    reasons = _reasons(review, articles) if len(texts) < len(instruments) else {}
    headings = list(headings_of(review))
    # There is none in a review that was brought in without its answers.
    submission = latest_submission(review) if texts else None
    rows = _rows(user, review, {text.pk: text for text in texts.values()}, submission, observations)
    vocabulary = vocabularies({text.language for text in texts.values() if text.status != TextStatus.AGREED})
    capacity = capacity_of(user, review)
    is_drafter = capacity is not None and capacity.side == Side.REVIEWING and capacity.has(Grant.DRAFT)
    lists = []
    for instrument in instruments:
        text = texts.get(instrument.pk)
        if text is None:
            lists.append(InstrumentList(instrument, None, reasons[instrument.slug]))
            continue
        add = explain(user, TextAction.DRAFT_OBSERVATION, text) if is_drafter else None
        groups = _by_heading(headings, [row for row in rows if row.observation.agreed_text == text])
        groups = [group for group in groups if group.sets or not is_narrowed]
        text.instrument = instrument
        of_text = articles.get(instrument.slug, ())
        hints = _hints(text, of_text, groups, vocabulary, has_answers=submission is not None) if not is_narrowed else []
        row = InstrumentList(instrument, text, add=add, headings=groups, hints=hints)
        lists.append(_with_acts(user, text, row) if is_drafter else row)
    return lists


def _with_acts(user: User, text: AgreedText, row: InstrumentList) -> InstrumentList:
    """With those on the list as a whole."""
    groups = row.headings
    sets = [each.rows for group in groups for each in group.sets]
    drafts = sum(each.may_lay_on_table for rows in sets for each in rows)
    on_table = [sum(each.observation.room_id is None for each in rows) for rows in sets]
    return replace(
        row,
        may_table_several=drafts > 1 and can(user, TextAction.TABLE_SEVERAL, text),
        may_arrange=max(on_table, default=0) > 1 and can(user, TextAction.ARRANGE, text),
    )


def _hints(
    text: AgreedText,
    articles: Iterable[Article],
    groups: Sequence[HeadingGroup],
    vocabulary: Mapping[str, Vocabulary],
    *,
    has_answers: bool,
) -> list[HintLine]:
    if text.status == TextStatus.AGREED:
        return []
    slug = text.instrument.slug
    return hints_of_list(
        [entry_of(row.observation) for group in groups for each in group.sets for row in each.rows],
        vocabulary[text.language],
        articles={article.number: f"#{slug}" for article in articles},
        headings={group.heading.name: f"#{slug}-{group.heading.kind}" for group in groups},
        has_answers=has_answers,
    )


def _rows(
    user: User,
    review: Review,
    texts: Mapping[UUID, AgreedText],
    submission: ResponseSubmission | None,
    observations: Iterable[Observation],
) -> list[ObservationRow]:
    if not texts:
        return []
    index = index_of(submission.response.version_id) if submission else None
    # What a version has changed is told here once somebody of a reviewing State has opened it.
    history = VersionHistory(submission) if submission and submission.response.is_opened else None
    for text in texts.values():
        text.review = review  # the same objects for all, so that the policy asks the database once
    rows = []
    observations = list(observations)
    kinds = kinds_in({link for observation in observations for link in observation.links})
    links = links_for(user, review, submission, kinds=kinds) if kinds else {}
    for observation in observations:
        observation.review, observation.agreed_text = review, texts[observation.agreed_text_id]
        row = _row(user, observation, index, history)
        rows.append(replace(row, links=[links[link] for link in observation.links if link in links]))
    return rows


def _reasons(review: Review, under_review: Mapping[str, Sequence[Article]]) -> Mapping[str, str]:
    """Why there is no list, by instrument of the review. ``under_review``: the articles of each."""
    covered = {instrument.slug for row in reviewing_states_of(review) for instrument in row.instruments.all()}
    return {
        instrument.slug: _reason(instrument.slug in under_review, instrument.slug in covered)
        for instrument in instruments_of(review)
    }


def _reason(has_articles: bool, is_covered: bool) -> str:
    if not has_articles:
        return _("The cluster under review holds no article of this instrument, so that there is no list.")
    if not is_covered:
        return _("No State reviews this instrument yet: a supplementary draw is needed.")
    return _("The list is opened when the answers have been sent.")


def _row(
    user: User, observation: Observation, index: VersionIndex | None, history: VersionHistory | None
) -> ObservationRow:
    codes = observation.question_codes
    if observation.withdrawn_at is not None:  # what is done with the others is done with it no more
        grounds = grounds_of(codes, index) if index else []
        status = ObservationStatus.WITHDRAWN
        return ObservationRow(observation, grounds, False, False, False, False, status)
    return ObservationRow(
        observation=observation,
        changed_in=history.changed_after(codes, observation.written_at) if history else None,
        grounds=grounds_of(observation.question_codes, index) if index else [],
        may_edit=can(user, TextAction.EDIT_OBSERVATION, observation),
        may_copy=can(user, TextAction.COPY_OBSERVATION, observation),
        may_lay_on_table=can(user, TextAction.TABLE_OBSERVATION, observation),
        may_withdraw=can(user, TextAction.WITHDRAW_OBSERVATION, observation),
        status=status_of(observation),
        may_discuss=observation.discussed_revision != observation.revision
        and can(user, TextAction.DISCUSS_OBSERVATION, observation),
    )


def grounds_of(codes: Iterable[str], index: VersionIndex) -> list[Ground]:
    return [Ground(index.items[code], index.section_of[code]) for code in codes if code in index.items]


def _by_heading(headings: Iterable[ObservationHeading], rows: Sequence[ObservationRow]) -> list[HeadingGroup]:
    return [
        HeadingGroup(heading, _by_articles(row for row in rows if row.observation.heading_id == heading.pk))
        for heading in headings
    ]


def _by_articles(rows: Iterable[ObservationRow]) -> list[ArticleSet]:
    def numbers(row: ObservationRow) -> tuple[int, ...]:
        return tuple(article.number for article in articles_of(row.observation))

    groups = (list(group) for _numbers, group in groupby(sorted(rows, key=numbers), key=numbers))
    return [ArticleSet(articles_of(group[0].observation), group) for group in groups]


@dataclass(frozen=True, slots=True)
class ObservationSave:
    """One save of an observation, and what it changed against the one before it that the reader may know."""

    revision: ObservationRevision
    place: Sequence[Run]
    text: Sequence[Run]
    needs: Sequence[Run] = ()


def steps_for(user: User, observation: Observation) -> list[ObservationSave]:
    """The last first."""
    revisions: list[Any] = list(revisions_visible_to(user, observation))
    has_needs = any(revision.needs for revision in revisions)
    types = types_for(observation.agreed_text.instrument) if has_needs else []
    names = {each.key: each.name for each in types}
    pairs = zip(revisions, [*revisions[1:], None], strict=True)
    return [_step(revision, before, names) for revision, before in pairs]


def _step(
    revision: ObservationRevision, before: ObservationRevision | None, names: Mapping[str, str]
) -> ObservationSave:
    before = before or revision
    return ObservationSave(
        revision,
        word_differences(_place(before), _place(revision)),
        word_differences(before.text, revision.text),
        word_differences(kept_words(before.needs, names), kept_words(revision.needs, names)),
    )


def _place(revision: ObservationRevision) -> str:
    numbers = list_of([str(number) for number in revision.article_numbers])
    return _("%(heading)s, articles: %(numbers)s") % {"heading": revision.heading.name, "numbers": numbers}
