"""At which steps what was sent may still be taken back or replaced: what the printed tables show at one step alone."""

from collections.abc import Iterable

import pytest

from core.policy import Decision
from dialogue.exchange.enums import ClarificationStatus, ExchangeAction
from dialogue.exchange.policy import PERMISSIONS as OF_THE_EXCHANGE, PieceFacts
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.policy import PERMISSIONS, ResponseFacts
from reviews.capacities.capacities import Capacity
from reviews.cases.enums import Grant, ParticipationRole, Side
from reviews.programme.enums import StepKind

pytestmark = pytest.mark.unit

FOCAL_POINT = Capacity(
    None,
    ParticipationRole.FOCAL_POINT,
    Side.UNDER_REVIEW,
    None,
    frozenset({Grant.VIEW, Grant.READ, Grant.DRAFT, Grant.CLEAR}),
)
EXPERT = Capacity(
    None,
    ParticipationRole.GOVERNMENTAL_EXPERT,
    Side.UNDER_REVIEW,
    None,
    frozenset({Grant.VIEW, Grant.READ, Grant.DRAFT}),
)
SENT = ResponseStatus.SENT
FEEDBACK, DIALOGUE = StepKind.FEEDBACK, StepKind.DIALOGUE


def decided(action: ResponseAction, kind: StepKind, **facts: object) -> Decision:
    given: dict[str, object] = {"capacity": FOCAL_POINT, "is_open": True} | facts
    return PERMISSIONS.decide(action, ResponseFacts(kind=kind, **given))  # type: ignore[arg-type]


def kinds_at_which(action: ResponseAction, **facts: object) -> set[StepKind]:
    return {kind for kind in StepKind if decided(action, kind, **facts).allowed}


@pytest.mark.parametrize(("is_later", "kinds"), [(False, {FEEDBACK}), (True, {FEEDBACK, DIALOGUE})])
def test_a_first_version_is_recalled_at_the_feedback_and_a_later_one_until_the_texts(
    is_later: bool, kinds: Iterable[StepKind]
) -> None:
    assert kinds_at_which(ResponseAction.RECALL, status=SENT, is_later=is_later) == kinds


@pytest.mark.parametrize("fact", ["is_opened", "is_brought_in", "is_supplemented"])
def test_what_was_opened_brought_in_or_supplemented_is_recalled_at_no_step(fact: str) -> None:
    assert kinds_at_which(ResponseAction.RECALL, status=SENT, is_later=True, **{fact: True}) == set()


def test_a_new_version_is_begun_and_sent_before_the_texts_are_agreed_and_given_up_at_any_time() -> None:
    in_clearance = {"status": ResponseStatus.IN_CLEARANCE, "is_revised": True}
    assert kinds_at_which(ResponseAction.REVISE, status=SENT) == {FEEDBACK, DIALOGUE}
    assert kinds_at_which(ResponseAction.REVISE, status=SENT, is_revised=True) == set()
    assert kinds_at_which(ResponseAction.REVISE, status=SENT, is_brought_in=True) == set()
    assert kinds_at_which(ResponseAction.CLEAR, **in_clearance) == {FEEDBACK, DIALOGUE}
    assert kinds_at_which(ResponseAction.GIVE_UP, **in_clearance) == set(StepKind)
    assert kinds_at_which(ResponseAction.GIVE_UP, status=SENT) == set()


def test_a_second_reader_reads_where_the_focal_point_has_asked_for_one() -> None:
    for wants, allowed in ((False, False), (True, True)):
        facts = {"status": ResponseStatus.IN_CLEARANCE, "capacity": EXPERT, "wants_second_reader": wants}
        assert decided(ResponseAction.READ_AS_SECOND, StepKind.QUESTIONNAIRE, **facts).allowed is allowed


ASKING = Capacity(None, ParticipationRole.GOVERNMENTAL_EXPERT, Side.REVIEWING, "the asker's State", EXPERT.grants)


@pytest.mark.parametrize(
    ("is_open_early", "kinds"),
    [
        (False, {FEEDBACK, DIALOGUE, StepKind.AGREED_TEXT}),
        (True, {*StepKind} - {StepKind.CLOSING}),
    ],
)
def test_a_request_is_written_while_answers_are_there_and_one_that_waits_for_none_until_the_end(
    is_open_early: bool, kinds: set[StepKind]
) -> None:
    def decision(kind: StepKind) -> Decision:
        facts = PieceFacts(
            capacity=ASKING,
            kind=kind,
            state_party_id=ASKING.state_party_id,
            is_on_table=False,
            status=ClarificationStatus.DRAFT,
            is_open_early=is_open_early,
        )
        return OF_THE_EXCHANGE.decide(ExchangeAction.EDIT_CLARIFICATION, facts)

    assert {kind for kind in StepKind if decision(kind).allowed} == kinds
    reason = str(decision(StepKind.CLOSING).reason)
    assert (reason == "This review is closed; nothing is drafted any more.") is is_open_early
