"""Which acts bind a State or give access, and so ask for a recent sign-in; and what nobody has looked up is not so."""

from collections.abc import Iterator
from dataclasses import fields

import pytest

from accounts.people.enums import SecretariatRole
from accounts.people.policy import RoleFacts
from core.policy import is_binding, registered_actions
from reviews.capacities.capacities import Capacity
from reviews.capacities.policy import PERMISSIONS, CaseFacts
from reviews.cases.enums import Grant, ParticipationRole, ReviewAction, Side
from reviews.programme.enums import StepKind

pytestmark = pytest.mark.unit

BINDING = """
    access.alone access.approve access.confirm access.refuse
    accounts.add_alone accounts.add_member accounts.approve_provider
    accounts.change_address accounts.change_role accounts.close_account
    accounts.end_provider accounts.maintain_reference_data accounts.make_token accounts.prepare_provider
    accounts.reopen_account accounts.reset_second_factor accounts.start_staff_session
    answers.share answers.take_back
    bringing.confirm bringing.say
    editing.publish
    exchange.clear_feedback exchange.recall_feedback exchange.recall_reply exchange.send_answer
    exchange.send_clarification exchange.send_reply exchange.send_supplement exchange.take_back_clearance
    follow_up.share follow_up.take_back
    language_sets.agree language_sets.propose
    lots.announce lots.confirm_void lots.publish lots.request_void lots.run
    mechanisms.confirm
    nominations.alone nominations.approve nominations.ask_for_mission nominations.set_status_consent nominations.submit
    notes.answer notes.change notes.lay
    responses.clear responses.recall
    reviews.answer_time_change reviews.ask_to_end reviews.conclude_dialogue reviews.confirm_consultation
    reviews.invite_contributor reviews.make_feed reviews.move_to_plan reviews.publish_plan reviews.set_rooms
    texts.clear texts.end_objection texts.object texts.propose texts.publish texts.publish_translations
    texts.table_observation texts.table_several
    texts.take_back
    texts.withdraw_publication
    threads.choose threads.recall threads.release
    translations.confirm translations.order
""".split()
# What holds of most that is asked about, so that a page says where it does not.
SO_UNLESS_SAID = {("AccountFacts", "covers"), ("CockpitFacts", "is_own"), ("CockpitFacts", "is_shared")}


def test_these_acts_ask_for_a_recent_sign_in_and_no_others() -> None:
    """An act that comes to bind, or binds no longer, changes this list, and somebody reads why."""
    assert sorted(str(action) for action in registered_actions() if is_binding(action)) == BINDING


def kinds_of_facts(kind: type[RoleFacts]) -> Iterator[type[RoleFacts]]:
    for each in kind.__subclasses__():
        yield each
        yield from kinds_of_facts(each)


def test_what_nobody_has_looked_up_is_not_so() -> None:
    given = {(kind.__name__, field.name): field.default for kind in kinds_of_facts(RoleFacts) for field in fields(kind)}
    assert {of for of, default in given.items() if default is True} == SO_UNLESS_SAID
    assert len(given) > len(SO_UNLESS_SAID)


OF_TIME = (ReviewAction.ANSWER_TIME_CHANGE, ReviewAction.WITHDRAW_TIME_CHANGE, ReviewAction.END_PAUSE)


@pytest.mark.parametrize(
    ("role", "is_asker", "allowed"),
    [
        (None, True, (False, True, True)),
        (None, False, (True, False, False)),
        (None, None, (True, True, True)),  # asked about no change in particular
        (SecretariatRole.OFFICER, True, (False, True, True)),
        (SecretariatRole.OFFICER, False, (False, False, True)),
    ],
)
def test_who_asked_for_time_withdraws_it_and_the_others_answer(
    role: SecretariatRole | None, is_asker: bool | None, allowed: tuple[bool, ...]
) -> None:
    grants = frozenset({Grant.VIEW, Grant.READ, Grant.CLEAR})
    focal_point = Capacity(None, ParticipationRole.FOCAL_POINT, Side.REVIEWING, None, grants)
    facts = CaseFacts(role=role, capacity=None if role else focal_point, kind=StepKind.FEEDBACK, is_asker=is_asker)
    assert tuple(PERMISSIONS.decide(action, facts).allowed for action in OF_TIME) == allowed
