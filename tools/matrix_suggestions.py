"""The rows of the table on suggestions of wording."""

from dataclasses import dataclass, replace

from observations.suggestions.enums import SuggestionStatus
from observations.suggestions.policy import PERMISSIONS, SuggestionFacts
from observations.texts.enums import TextStatus
from reviews.cases.enums import Grant, Side
from reviews.programme.enums import StepKind
from tools.matrix_cells import MatrixRow, Who, cells, everybody_by_state

_UNDER_REVIEW = str(Side.UNDER_REVIEW.label)
_WRITER, _ANOTHER = "Reviewing State that suggests", "Reviewing State whose text it is"


@dataclass(frozen=True, slots=True)
class _Moment:
    """``room``: whose the suggestion is while it is drafted."""

    name: str
    standing: SuggestionStatus
    room: str | None = None
    status: TextStatus = TextStatus.DRAFTING
    kind: StepKind = StepKind.AGREED_TEXT


_MOMENTS = (
    _Moment("Draft", SuggestionStatus.DRAFT, _WRITER),
    _Moment("Draft, common room", SuggestionStatus.DRAFT, _WRITER),
    _Moment("Draft, when the text was agreed", SuggestionStatus.DRAFT, _WRITER, status=TextStatus.AGREED),
    _Moment("Open", SuggestionStatus.OPEN),
    _Moment("Open, while a version is proposed", SuggestionStatus.OPEN, status=TextStatus.PROPOSED),
    _Moment("Decided on", SuggestionStatus.REJECTED),
    _Moment("Open, when the text was agreed", SuggestionStatus.OPEN, status=TextStatus.AGREED),
    _Moment("Open, review closed", SuggestionStatus.OPEN, status=TextStatus.AGREED, kind=StepKind.CLOSING),
)


def suggestion_rows() -> list[MatrixRow]:
    """A suggestion of one reviewing State to an observation of another, through its life."""
    people = everybody_by_state(_WRITER, _ANOTHER)
    return [MatrixRow(who, each.name, cells(PERMISSIONS, _facts(who, each))) for who in people for each in _MOMENTS]


def _facts(who: Who, moment: _Moment) -> SuggestionFacts:
    capacity = who.capacity
    if capacity is not None and "common" in moment.name:
        capacity = replace(capacity, shared_rooms=frozenset({_WRITER} if who.side == _ANOTHER else ()))
    state = capacity.state_party_id if capacity else None
    return SuggestionFacts(
        capacity=capacity,
        role=who.role,
        kind=moment.kind,
        status=moment.status,
        is_party=state is not None,
        standing=moment.standing,
        room=moment.room,
        is_own=state == _WRITER,
        changes_text=state == _ANOTHER and capacity is not None and capacity.has(Grant.CLEAR),
    )
