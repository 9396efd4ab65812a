"""Written feedback as it is read: by State, and one State's as one text by instrument, article and question."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.people.models import User
from accounts.states.models import StateParty
from core.language.i18n import isolated, list_of
from core.language.word_counts import count_words
from core.templatetags.components import names
from dialogue.desk import Desk, FeedbackOnDesk, QuestionPlace, feedback_on_desk, remarks_sent
from dialogue.exchange import states_with_feedback_to_come
from dialogue.exchange.enums import FeedbackStatus
from dialogue.exchange.models import WrittenFeedback
from dialogue.joint import author_words, clearances_of, states_of, states_to_clear
from questionnaires.definitions import Item, PlacedSection
from questionnaires.progress import ReadPart
from reviews.bringing.models import BroughtPiece
from reviews.cases.enums import ParticipationRole, Side
from reviews.cases.models import Review
from reviews.participation import focal_points_of, participants_visible_to
from reviews.programme.models import Article, Instrument
from reviews.visibility import reviewing_states_of


@dataclass(frozen=True, slots=True)
class StateFeedback:
    """Where the feedback of one reviewing State stands, or the joint one of all.

    Of a draft only those who read it learn its length.
    """

    state_party: StateParty
    author: str
    instruments: Sequence[Instrument]
    focal_points: Sequence[User]
    is_own: bool
    is_readable: bool
    sent_at: dt.datetime | None
    brought_piece: BroughtPiece | None
    word_count: int
    comments: int
    replied_at: dt.datetime | None


def feedback_by_state(user: User, review: Review) -> list[StateFeedback]:
    """All reviewing States, or the joint feedback of all in one row; a constant number of queries."""
    desk = feedback_on_desk(user, review)
    rows = {row.state_party_id: row for row in desk.readable}
    focal_points: dict[object, list[User]] = {}
    for participation in participants_visible_to(user, review).filter(role=ParticipationRole.FOCAL_POINT):
        focal_points.setdefault(participation.state_party_id, []).append(participation.user)
    if review.feedback_is_joint:
        return _joint_row(user, review, desk, [person for people in focal_points.values() for person in people])
    return [
        _state_feedback(
            desk,
            rows.get(reviewing.state_party_id),
            state_party=reviewing.state_party,
            author=str(reviewing.state_party),
            instruments=sorted(reviewing.instruments.all(), key=lambda instrument: instrument.order),
            focal_points=focal_points.get(reviewing.state_party_id, []),
        )
        for reviewing in reviewing_states_of(review)
    ]


def _joint_row(user: User, review: Review, desk: FeedbackOnDesk, focal_points: Sequence[User]) -> list[StateFeedback]:
    """Those of the State under review are none of its focal points."""
    states, row = states_of(review), next(iter(desk.readable), None)
    if not states:
        return []
    speakers = {person.pk for person in focal_points_of(review, Side.REVIEWING)}
    return [
        _state_feedback(
            desk,
            row,
            state_party=row.state_party if row else states[0],
            author=author_words(row) if row else list_of([str(state) for state in states]),
            instruments=list(Instrument.objects.filter(reviewing_states__review=review).distinct().order_by("order")),
            focal_points=[person for person in focal_points if person.pk in speakers],
        )
    ]


def joint_standing(feedback: WrittenFeedback, *, is_own: bool) -> dict[str, Any]:
    """Which States have cleared a joint feedback; of a draft, for those who write it, and which have not."""
    if not feedback.is_joint or (feedback.sent_at is None and not is_own):
        return {"joint_clearances": [], "joint_missing": []}
    rows = clearances_of(feedback)
    cleared = {row.state_party_id for row in rows}
    missing = [] if feedback.sent_at else [row for row in states_to_clear(feedback.review) if row.pk not in cleared]
    return {"joint_clearances": rows, "joint_missing": missing}


def _state_feedback(
    desk: FeedbackOnDesk,
    row: WrittenFeedback | None,
    *,
    state_party: StateParty,
    author: str,
    instruments: Sequence[Instrument],
    focal_points: Sequence[User],
) -> StateFeedback:
    if row is None:
        texts: list[str] = []
    elif row == desk.own and row.status == FeedbackStatus.DRAFT:
        texts = [draft.text for draft in desk.drafts.values() if draft.text]
    else:
        texts = [
            remark.text for remarks in desk.remarks.values() for remark in remarks if remark.state_party == state_party
        ]
    return StateFeedback(
        state_party=state_party,
        author=author,
        instruments=instruments,
        focal_points=focal_points,
        is_own=row is not None and row == desk.own,
        is_readable=row is not None,
        sent_at=row.sent_at if row else None,
        brought_piece=row.brought_piece if row else None,
        word_count=sum(count_words(text) for text in texts),
        comments=len(texts),
        replied_at=row.replied_at if row else None,  # type: ignore[attr-defined]  # an annotation
    )


@dataclass(frozen=True, slots=True)
class Comment:
    """What the feedback says at one place; ``url`` leads to it on the desk, ``edit_url`` those who may change it."""

    place: QuestionPlace
    text: str
    item: Item | None
    article: Article | None
    url: str
    edit_url: str


@dataclass(frozen=True, slots=True)
class SectionOfFeedback:
    """The comments on one section of the questionnaire; ``placed`` is None for what lies in no section."""

    placed: PlacedSection | None
    comments: Sequence[Comment]

    @property
    def word_count(self) -> int:
        return sum(count_words(comment.text) for comment in self.comments)


@dataclass(frozen=True, slots=True)
class PartOfFeedback:
    """The comments on one instrument."""

    instrument: str
    sections: Sequence[SectionOfFeedback]

    @property
    def count(self) -> int:
        return sum(len(section.comments) for section in self.sections)

    @property
    def word_count(self) -> int:
        return sum(section.word_count for section in self.sections)


@dataclass(frozen=True, slots=True)
class FeedbackText:
    """The whole feedback of one State."""

    parts: Sequence[PartOfFeedback]
    word_count: int
    comments: int


def feedback_text(
    desk: Desk, feedback: WrittenFeedback, drafts: dict[QuestionPlace, str] | None = None
) -> FeedbackText:
    """``drafts``: what a draft says at each place; what was sent is read from the frozen document instead."""
    texts = {remark.place: remark.text for remark in remarks_sent(feedback)} if drafts is None else drafts
    texts = {place: text for place, text in texts.items() if text}
    parts = [PartOfFeedback(part.part.instrument, _sections(desk, part, texts)) for part in desk.parts]
    return FeedbackText(
        parts=[part for part in parts if part.sections],
        word_count=sum(count_words(text) for text in texts.values()),
        comments=len(texts),
    )


def _sections(desk: Desk, part: ReadPart, texts: dict[QuestionPlace, str]) -> list[SectionOfFeedback]:
    """What is said of the instrument as a whole, the sections, and what lies in none of them at the end.

    Articles as a whole come before the questions of their section.
    """
    instrument, left = part.part.instrument, {place for place in texts if place.instrument == part.part.instrument}
    on_all = [place for place in (QuestionPlace(instrument),) if place in left]
    left.difference_update(on_all)
    sections = [SectionOfFeedback(None, _comments(desk, on_all, texts))]
    for section in part.sections:
        articles = [QuestionPlace(instrument, article=int(number)) for number in section.place.section.articles]
        places = [*articles, *(QuestionPlace(instrument, state.item.code) for state in section.items)]
        here = [place for place in places if place in left]
        left.difference_update(here)
        sections.append(SectionOfFeedback(section.place, _comments(desk, here, texts)))
    rest = sorted(left, key=lambda place: (place.article or 0, place.question))
    sections.append(SectionOfFeedback(None, _comments(desk, rest, texts)))
    return [section for section in sections if section.comments]


def _comments(desk: Desk, places: Iterable[QuestionPlace], texts: dict[QuestionPlace, str]) -> list[Comment]:
    return [
        Comment(
            place=place,
            text=texts[place],
            item=desk.index.items.get(place.question),
            article=desk.article_at(place),
            url=desk.url_at(place),
            edit_url=desk.comment_url(place) if desk.box_at(place) else "",
        )
        for place in places
    ]


def consequences_of_clearing(feedback: WrittenFeedback) -> list[str]:
    """What a clearance by one State does, in sentences: the last one of those that clear sends it."""
    if len(joint_standing(feedback, is_own=True)["joint_missing"]) > 1:
        return [
            _(
                "That your State has cleared exactly this text is kept, and told to the focal points of the other "
                "reviewing States and to nobody else."
            ),
            _("A change of the text by anybody undoes the clearance, and you are told."),
            _("It is sent when the last of the reviewing States has cleared it."),
        ]
    readers = _("%(state)s, the other reviewing States and the secretariat can read it.")
    return [
        _(
            "The feedback is frozen. A checksum (SHA-256) of exactly this version is kept, so that anybody can see "
            "that nothing was changed afterwards."
        ),
        readers % {"state": isolated(str(feedback.review.state_under_review))},
        _what_comes_next(feedback),
    ]


def _what_comes_next(feedback: WrittenFeedback) -> str:
    to_come = states_with_feedback_to_come(feedback.review)
    others = [state for state in to_come if state.pk != feedback.state_party_id]
    if not others:
        return _("Then all reviewing States have sent their feedback, and the review moves on to the dialogue.")
    words = _("The review moves on to the dialogue when the feedback of %(states)s has been sent too.")
    return words % {"states": names(others)}
