"""The table of permissions on suggestions of wording, printed whole in tests/permissions/suggestion_matrix.csv.

Every State that agrees on a text suggests, the State under review too; whoever may change the text decides.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from core.policy import PolicyCondition, Predicate, Rule, Table, can, during, may, unless
from observations.suggestions.enums import SuggestionAction, SuggestionStatus
from observations.suggestions.models import Suggestion
from observations.texts import PartyFacts, in_a_room, in_own_room, own, party, states_agreeing
from observations.texts.enums import TextAction, TextStatus
from observations.texts.models import AgreedText
from reviews.capacities import (
    IN_EXCHANGE,
    ONLY_READERS,
    Capacity,
    asker_in,
    drafter,
    focal_point,
    own_state_of,
    sees_review,
)
from reviews.programme.enums import StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionFacts(PartyFacts):
    """What the table needs to know of a suggestion, of its text, and of the asker's State.

    ``status`` is that of the text, and ``standing`` that of the suggestion, None where a text is asked about.
    ``is_party``: the State agrees to the text. ``room``: whose the suggestion is while it lies in a room.
    ``is_own``: the State has written it. ``changes_text``: the asker may change what it is about.
    """

    status: TextStatus
    standing: SuggestionStatus | None = None
    changes_text: bool = False


undecided: Predicate[SuggestionFacts] = Predicate(
    lambda facts: facts.standing in {SuggestionStatus.DRAFT, SuggestionStatus.OPEN}
)
changes_text: Predicate[SuggestionFacts] = Predicate(lambda facts: facts.changes_text)
_AGREED_WORDS = _("This text is agreed; it can no longer be changed.")
_NOT_AGREED = during({TextStatus.DRAFTING, TextStatus.PROPOSED}, else_=_AGREED_WORDS)
# A draft is thrown away at any time: what nobody sees any more would keep a common room from being opened.
_NOT_AGREED_OR_DRAFT: PolicyCondition[SuggestionFacts] = may(
    in_a_room | Predicate(lambda facts: facts.status != TextStatus.AGREED), else_=_AGREED_WORDS
)
_WRITES: PolicyCondition[SuggestionFacts] = may(
    party & drafter,
    else_=_("Only experts and focal points of the States that agree on this text suggest wording."),
)
_SPEAKS: PolicyCondition[SuggestionFacts] = may(
    party & focal_point, else_=_("Only the focal point of the State that suggests it does this.")
)
_OWN: PolicyCondition[SuggestionFacts] = may(
    own, else_=_("Only the State that has written a suggestion changes, lays or withdraws it.")
)
_IN_A_ROOM: PolicyCondition[SuggestionFacts] = may(
    in_a_room, else_=_("This suggestion lies on the shared table. Your State may withdraw it, and suggest another.")
)
_UNDECIDED: PolicyCondition[SuggestionFacts] = may(undecided, else_=_("This suggestion is decided on."))
_WHEN = (_NOT_AGREED, IN_EXCHANGE)

PERMISSIONS: Table[SuggestionFacts] = Table(
    SuggestionAction,
    sees=sees_review & (~in_a_room | in_own_room),
    rules={
        SuggestionAction.VIEW: Rule(ONLY_READERS),
        SuggestionAction.SUGGEST: Rule(_WRITES, *_WHEN),
        SuggestionAction.EDIT: Rule(_WRITES, *_WHEN, _OWN, _IN_A_ROOM),
        SuggestionAction.LAY: Rule(_SPEAKS, *_WHEN, _OWN, _IN_A_ROOM),
        SuggestionAction.WITHDRAW: Rule(
            _WRITES,
            _NOT_AGREED_OR_DRAFT,
            IN_EXCHANGE,
            _OWN,
            may(
                in_a_room | focal_point,
                else_=_("Only the focal point of its State withdraws what lies on the shared table."),
            ),
            _UNDECIDED,
        ),
        SuggestionAction.DECIDE: Rule(
            may(changes_text, else_=_("Only those who may change this text accept or reject a suggestion.")),
            *_WHEN,
            unless(in_a_room, else_=_("This is a draft: nobody decides on it until it lies on the shared table.")),
            _UNDECIDED,
        ),
        SuggestionAction.NOTE: Rule(
            may(
                party & drafter,
                else_=_("Only experts and focal points of the States that agree on this text write here."),
            ),
            *_WHEN,
            may(~in_a_room | own, else_=_("Only the State that has written a draft speaks of it among its people.")),
        ),
        SuggestionAction.REPLY: Rule(
            may(
                party & focal_point,
                else_=_("Only the focal points of the States that agree on this text write to all States here."),
            ),
            *_WHEN,
            unless(in_a_room, else_=_("This is a draft: nobody decides on it until it lies on the shared table.")),
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: AgreedText | Suggestion) -> SuggestionFacts:
    """For SuggestionAction; ``target`` is a text, or a suggestion to one."""
    row, text = (target, target.agreed_text) if isinstance(target, Suggestion) else (None, target)
    state = own_state_of(actor, text.review)
    return SuggestionFacts(
        **asker_in(actor, text.review),
        status=TextStatus(text.status),
        is_party=state in states_agreeing(text.review, text.instrument_id),
        standing=SuggestionStatus(row.status) if row else None,
        room=row.room_id if row else None,
        is_own=row is not None and state == row.state_party_id,
        changes_text=row is not None and action == SuggestionAction.DECIDE and may_change(actor, row),
    )


def facts_of_waiting(
    capacity: Capacity, kind: StepKind, status: TextStatus, standing: SuggestionStatus
) -> SuggestionFacts:
    """Of a draft in the own room, or of what lies open for whoever may change the text, at a ``kind`` of step."""
    is_draft = standing == SuggestionStatus.DRAFT
    return SuggestionFacts(
        capacity=capacity,
        kind=kind,
        status=status,
        is_party=True,
        standing=standing,
        room=capacity.state_party_id if is_draft else None,
        is_own=is_draft,
        changes_text=not is_draft,
    )


def may_change(actor: Actor, suggestion: Suggestion) -> bool:
    """Whether the actor may change what it is about, which is what accepting it does."""
    text, observation = suggestion.agreed_text, suggestion.observation
    if observation is None:
        return can(actor, TextAction.EDIT_SUMMARY, text)
    observation.agreed_text, observation.review = text, text.review  # so that the policy looks up nothing
    return can(actor, TextAction.EDIT_OBSERVATION, observation)
