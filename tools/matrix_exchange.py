"""The rows of the tables on the exchange between the States and on the agreed texts."""

from dataclasses import dataclass, replace

from dialogue.exchange.enums import ClarificationStatus, ExchangeAction
from dialogue.exchange.policy import PERMISSIONS as ON_PIECES, PieceFacts
from observations.texts.enums import TextAction, TextStatus
from observations.texts.policy import PERMISSIONS as ON_TEXTS, TextFacts
from reviews.cases.enums import Side
from reviews.programme.enums import StepKind
from tools.matrix_cells import NOTHING, MatrixRow, Who, cell, everybody_by_state

_UNDER_REVIEW = str(Side.UNDER_REVIEW.label)
_WRITER, _OTHER = "Reviewing State that wrote it", "Another reviewing State"
_COVERING, _NOT_COVERING = "Reviewing State that covers the instrument", "Reviewing State that does not"


@dataclass(frozen=True, slots=True)
class Moment:
    """A piece of the exchange at one moment of its life."""

    name: str
    piece: PieceFacts
    kind: StepKind
    about: str


def _pieces() -> list[Moment]:
    feedback, dialogue = StepKind.FEEDBACK, StepKind.DIALOGUE
    moments = [
        Moment(
            "Written feedback, draft",
            PieceFacts(state_party_id=_WRITER, is_on_table=False, status="draft"),
            feedback,
            "feedback",
        ),
        Moment(
            "Written feedback, draft, at a later step",
            PieceFacts(state_party_id=_WRITER, is_on_table=False, status="draft"),
            dialogue,
            "feedback",
        ),
        Moment(
            "Written feedback, sent",
            PieceFacts(state_party_id=_WRITER, is_on_table=True, status="sent"),
            dialogue,
            "feedback",
        ),
        *_of_what_was_sent(),
    ]
    for status in ClarificationStatus:
        piece = PieceFacts(state_party_id=_WRITER, is_on_table=status != ClarificationStatus.DRAFT, status=status)
        moments.append(
            Moment(f"Request for clarification, {str(status.label).lower()}", piece, dialogue, "clarification")
        )
    moments += [
        Moment(
            "Supplementary information, draft",
            PieceFacts(state_party_id=_UNDER_REVIEW, is_on_table=False, status="draft"),
            dialogue,
            "supplement",
        ),
        Moment(
            "Supplementary information, sent",
            PieceFacts(state_party_id=_UNDER_REVIEW, is_on_table=True, status="sent"),
            dialogue,
            "supplement",
        ),
        Moment(
            "Supplementary information, draft, review closed",
            PieceFacts(state_party_id=_UNDER_REVIEW, is_on_table=False, status="draft"),
            StepKind.CLOSING,
            "supplement",
        ),
    ]
    return [*moments, *_early_pieces()]


def _early_pieces() -> list[Moment]:
    """What waits for no answers, before there are any."""
    moments = [
        *(
            Moment(
                f"Law, decision or voluntary information before any answer is sent, {status}",
                PieceFacts(
                    state_party_id=_UNDER_REVIEW, is_on_table=status == "sent", status=status, is_open_early=True
                ),
                StepKind.CONSULTATION,
                "supplement",
            )
            for status in ("draft", "sent")
        ),
    ]
    for status in ClarificationStatus:
        piece = PieceFacts(
            state_party_id=_WRITER,
            is_on_table=status != ClarificationStatus.DRAFT,
            status=status,
            is_open_early=True,
        )
        moments.append(
            Moment(
                f"Question about the legal system before any answer is sent, {str(status.label).lower()}",
                piece,
                StepKind.CONSULTATION,
                "clarification",
            )
        )
    return moments


def _of_what_was_sent() -> list[Moment]:
    """Feedback that somebody has opened, or to which a reply was given; and the reply."""
    sent = PieceFacts(state_party_id=_WRITER, is_on_table=True, status="sent")
    draft = PieceFacts(state_party_id=_UNDER_REVIEW, is_on_table=False, status="draft")
    reply, dialogue = replace(sent, state_party_id=_UNDER_REVIEW), StepKind.DIALOGUE
    return [
        Moment(
            "Written feedback, draft, who is asked to read it",
            PieceFacts(state_party_id=_WRITER, is_on_table=False, status="draft", is_asked=True),
            StepKind.FEEDBACK,
            "feedback",
        ),
        Moment("Written feedback, sent and opened", replace(sent, is_opened=True), dialogue, "feedback"),
        Moment("Written feedback, sent, at a later step", sent, StepKind.AGREED_TEXT, "feedback"),
        Moment(
            "Written feedback, sent in another place", replace(sent, is_brought_in=True), StepKind.FEEDBACK, "feedback"
        ),
        Moment(
            "Written feedback, to which a reply was sent",
            replace(sent, is_opened=True, is_replied_to=True),
            dialogue,
            "feedback",
        ),
        *_of_joint_feedback(),
        Moment("Reply to written feedback, draft", draft, dialogue, "reply"),
        Moment("Reply to written feedback, sent", reply, dialogue, "reply"),
        Moment("Reply to written feedback, sent and opened", replace(reply, is_opened=True), dialogue, "reply"),
    ]


def _of_joint_feedback() -> list[Moment]:
    """It is kept under the name of one of the reviewing States, which gives that one nothing more."""
    draft = PieceFacts(state_party_id=_WRITER, is_on_table=False, status="draft", is_joint=True)
    sent = replace(draft, is_on_table=True, status="sent")
    return [
        Moment("Joint feedback, draft", draft, StepKind.FEEDBACK, "feedback"),
        Moment(
            "Joint feedback, draft that the own State has cleared",
            replace(draft, has_cleared=True),
            StepKind.FEEDBACK,
            "feedback",
        ),
        Moment("Joint feedback, sent", sent, StepKind.DIALOGUE, "feedback"),
        Moment("Joint feedback, sent and opened", replace(sent, is_opened=True), StepKind.DIALOGUE, "feedback"),
    ]


_ABOUT = {
    "feedback": (
        ExchangeAction.VIEW_FEEDBACK,
        ExchangeAction.DRAFT_FEEDBACK,
        ExchangeAction.CLEAR_FEEDBACK,
        ExchangeAction.TAKE_BACK_CLEARANCE,
        ExchangeAction.ASK_READER,
        ExchangeAction.READ_AS_SECOND,
        ExchangeAction.RECALL_FEEDBACK,
        ExchangeAction.DRAFT_REPLY,
        ExchangeAction.SEND_REPLY,
    ),
    "reply": (ExchangeAction.VIEW_REPLY, ExchangeAction.RECALL_REPLY),
    "clarification": (
        ExchangeAction.VIEW_CLARIFICATION,
        ExchangeAction.EDIT_CLARIFICATION,
        ExchangeAction.SEND_CLARIFICATION,
        ExchangeAction.ANSWER_CLARIFICATION,
        ExchangeAction.SEND_ANSWER,
        ExchangeAction.ASK_FURTHER,
        ExchangeAction.CLOSE_CLARIFICATION,
    ),
    "supplement": (
        ExchangeAction.VIEW_SUPPLEMENT,
        ExchangeAction.EDIT_SUPPLEMENT,
        ExchangeAction.SEND_SUPPLEMENT,
    ),
}


def exchange_rows() -> list[MatrixRow]:
    people = everybody_by_state(_WRITER, _OTHER)
    rows = [MatrixRow(who, moment.name, _exchange_cells(who, moment)) for who in people for moment in _pieces()]
    return rows + _rows_of_common_room(people)


def _rows_of_common_room(people: list[Who]) -> list[MatrixRow]:
    """Where the reviewing States share their room: what those of another State may do with a draft."""
    drafts = [
        moment for moment in _pieces() if not moment.piece.is_on_table and moment.about not in {"supplement", "reply"}
    ]
    return [
        MatrixRow(who, f"{moment.name}, common room", _exchange_cells(_sharing(who, _WRITER), moment))
        for who in people
        if who.side == _OTHER
        for moment in drafts
    ]


def _sharing(who: Who, room: str) -> Who:
    return replace(who, capacity=replace(who.capacity, shared_rooms=frozenset({room})) if who.capacity else None)


def _exchange_cells(who: Who, moment: Moment) -> dict[str, str]:
    cells = {}
    for action in ExchangeAction:
        decision = ON_PIECES.decide(
            action, replace(moment.piece, capacity=who.capacity, role=who.role, kind=moment.kind)
        )
        cells[str(action.label)] = cell(decision) if action in _ABOUT[moment.about] else NOTHING
    return cells


_OBSERVATION_ACTIONS = (
    TextAction.COPY_OBSERVATION,
    TextAction.EDIT_OBSERVATION,
    TextAction.DISCUSS_OBSERVATION,
    TextAction.TABLE_OBSERVATION,
    TextAction.WITHDRAW_OBSERVATION,
)


def text_rows() -> list[MatrixRow]:
    """A text in each status at its own step, an observation in a room and on the table, and after the closing."""
    moments = [
        (f"{status.label}, {place}", status, StepKind.AGREED_TEXT, room)
        for status in TextStatus
        for place, room in (("observation on the table", None), ("observation in a room", _COVERING))
    ]
    moments.append(("Being drafted, at the dialogue", TextStatus.DRAFTING, StepKind.DIALOGUE, None))
    moments.append(("Proposed, cleared by the State already", TextStatus.PROPOSED, StepKind.AGREED_TEXT, None))
    moments.append(("Agreed and published, review closed", TextStatus.AGREED, StepKind.CLOSING, None))
    people = everybody_by_state(_COVERING, _NOT_COVERING)
    rows = [
        MatrixRow(who, name, _text_cells(who, status, kind, room, has_cleared="cleared" in name))
        for who in people
        for name, status, kind, room in moments
    ]
    for name, facts in _BROUGHT_IN.items():
        for who in people:
            cells = _text_cells(who, TextStatus.AGREED, StepKind.AGREED_TEXT, None, has_cleared=False, **facts)
            rows.append(MatrixRow(who, name, cells))
    covering = [who for who in people if who.side == _COVERING]
    theirs = (_row_of_common_room, _row_of_another, _row_of_one_that_left)
    return rows + [row_of(who) for who in covering for row_of in theirs]


_BROUGHT_IN = {
    "Brought in, not confirmed by the State": {"waits_for_own_word": True},
    "Brought in, a State objects": {"is_objected": True},
}
_ANOTHER = "Another reviewing State that covers the instrument"


def _row_of_common_room(who: Who) -> MatrixRow:
    cells = _text_cells(_sharing(who, _ANOTHER), TextStatus.DRAFTING, StepKind.AGREED_TEXT, _ANOTHER, has_cleared=False)
    return MatrixRow(who, "Being drafted, observation of another State in the common room", cells)


def _row_of_another(who: Who) -> MatrixRow:
    """What another State has laid on the table."""
    cells = _text_cells(who, TextStatus.DRAFTING, StepKind.AGREED_TEXT, None, has_cleared=False, is_own=False)
    return MatrixRow(who, "Being drafted, observation of another State on the table", cells)


def _row_of_one_that_left(who: Who) -> MatrixRow:
    """What lies on the table of a State that is no party any more."""
    facts = {"is_own": False, "is_left": True}
    cells = _text_cells(who, TextStatus.DRAFTING, StepKind.AGREED_TEXT, None, has_cleared=False, **facts)
    return MatrixRow(who, "Being drafted, observation of a State that has left on the table", cells)


def _text_cells(
    who: Who,
    status: TextStatus,
    kind: StepKind,
    room: str | None,
    *,
    has_cleared: bool,
    is_own: bool = True,
    **more: bool,
) -> dict[str, str]:
    state = who.capacity.state_party_id if who.capacity else None
    facts = TextFacts(
        capacity=who.capacity,
        role=who.role,
        kind=kind,
        status=status,
        is_party=state in {_COVERING, _UNDER_REVIEW},
        is_own=is_own and state == _COVERING and room != _ANOTHER,
        has_cleared=has_cleared,
        is_public=kind == StepKind.CLOSING,
        is_shared=kind == StepKind.CLOSING,
        **more,
    )
    cells = {}
    for action in TextAction:
        about = replace(facts, room=room) if action in _OBSERVATION_ACTIONS else facts
        if action == TextAction.END_OBJECTION:  # of an objection of the own State, but where the row says another's
            about = replace(facts, is_own=is_own)
        cells[str(action.label)] = cell(ON_TEXTS.decide(action, about))
    return cells
