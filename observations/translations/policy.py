"""The table of permissions on translations of texts, printed whole in tests/permissions/translation_matrix.csv.

A focal point of a State that agrees on a text orders a translation for that State; the translator writes it; that State
confirms it, and each other one after it. A translator is told of nothing but what was ordered.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, officer, secretariat_role
from core.policy import PolicyCondition, Predicate, Rule, Table, at, everybody, may, unless
from observations.texts import SPEAKS_FOR_A_PARTY, PartyFacts, in_a_room, own, states_agreeing
from observations.texts.models import AgreedText
from observations.translations.enums import TranslationAction
from observations.translations.models import TranslationOrder
from reviews.capacities import asker_in, focal_point, own_state_of, reader, sees_review
from reviews.cases.enums import Grant
from reviews.cases.models import Clearance
from reviews.programme.enums import StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationFacts(PartyFacts):
    """What the table needs to know of a text, or of a translation of it that was ordered, and of who asks.

    ``is_translator``: it was ordered from the asker, and has not ended. ``is_party``: the asker's State agrees on the
    text. ``room``: whose the translation is until it is confirmed. ``is_own``: the asker's State ordered it.
    ``has_ended``; ``is_current``: the version that it translates stands; ``has_confirmed``: the asker's State has.
    """

    is_translator: bool = False
    has_ended: bool = False
    is_current: bool = False
    has_confirmed: bool = False


translator: Predicate[TranslationFacts] = Predicate(lambda facts: facts.is_translator)
ended: Predicate[TranslationFacts] = Predicate(lambda facts: facts.has_ended)
current: Predicate[TranslationFacts] = Predicate(lambda facts: facts.is_current)
confirmed: Predicate[TranslationFacts] = Predicate(lambda facts: facts.has_confirmed)
# A common room opens no translation: what was ordered for one State stays with it.
in_own_room: Predicate[TranslationFacts] = Predicate(
    lambda facts: (
        facts.capacity is not None and facts.capacity.has(Grant.READ) and facts.room == facts.capacity.state_party_id
    )
)
_WHO_READS = _("Only those who take part for a State, and officers of the secretariat, read what the States exchange.")
_WHO_ORDERED = _("Only the focal point of the State that ordered this translation does this.")
_OVER = _("This order has ended.")
_READS: PolicyCondition[TranslationFacts] = may(officer | reader | translator, else_=_WHO_READS)
_RUNS: PolicyCondition[TranslationFacts] = unless(ended, else_=_OVER)
_AT_ITS_STEP: PolicyCondition[TranslationFacts] = at(
    {StepKind.AGREED_TEXT, StepKind.CLOSING},
    else_=_("Versions are translated from the step of the list of observations on."),
)
_STANDS: PolicyCondition[TranslationFacts] = may(
    current, else_=_("A version is translated that stands: one that is proposed or agreed.")
)
PERMISSIONS: Table[TranslationFacts] = Table(
    TranslationAction,
    sees=(sees_review & (~in_a_room | in_own_room)) | translator,
    rules={
        TranslationAction.LIST_OWN: Rule(sees=everybody),
        TranslationAction.LIST: Rule(_READS),
        TranslationAction.ORDER: Rule(SPEAKS_FOR_A_PARTY, _AT_ITS_STEP, _STANDS, binds=True),
        TranslationAction.VIEW: Rule(_READS),
        TranslationAction.WRITE: Rule(
            may(
                translator | own & focal_point,
                else_=_("Only the translator, and the focal point of the State that ordered it, write a translation."),
            ),
            _RUNS,
        ),
        TranslationAction.HAND_IN: Rule(
            may(translator, else_=_("Only the translator hands a translation in.")), _RUNS, _STANDS
        ),
        TranslationAction.CONFIRM: Rule(
            SPEAKS_FOR_A_PARTY,
            may(own | ~in_a_room, else_=_WHO_ORDERED),
            unless(ended & in_a_room, else_=_OVER),
            _STANDS,
            unless(confirmed, else_=_("Your State has confirmed this translation.")),
            binds=True,
        ),
        TranslationAction.END: Rule(may(own & focal_point, else_=_WHO_ORDERED), _RUNS),
        TranslationAction.RENDER: Rule(
            may(officer | reader, else_=_WHO_READS),
            unless(in_a_room, else_=_("The document is made once the translation is confirmed.")),
            _STANDS,
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: AgreedText | TranslationOrder | None) -> TranslationFacts:
    """For TranslationAction; ``target`` is a text, a translation of it that was ordered, or None for one's own."""
    if target is None:
        return TranslationFacts(role=secretariat_role(actor))
    order, text = (target, target.agreed_text) if isinstance(target, TranslationOrder) else (None, target)
    state = own_state_of(actor, text.review)
    facts = TranslationFacts(
        **asker_in(actor, text.review),
        is_party=state is not None and state in states_agreeing(text.review, text.instrument_id),
        is_current=action == TranslationAction.ORDER and text.versions.filter(cancelled_at=None).exists(),
    )
    return facts if order is None else _of_order(actor, action, order, facts)


def _of_order(actor: Actor, action: Any, order: TranslationOrder, facts: TranslationFacts) -> TranslationFacts:
    state = own_state_of(actor, order.review)
    has_confirmed = False
    if action == TranslationAction.CONFIRM and state is not None and order.confirmed_at:
        given = Clearance.objects.filter(document_id=order.pk, state_party_id=state, taken_back_at=None)
        has_confirmed = given.exists()
    return replace(
        facts,
        is_translator=_is_translator(actor, order, facts.role, state),
        room=order.room_id,
        is_own=state is not None and state == order.ordered_for_id,
        has_ended=order.ended_at is not None,
        is_current=order.version.cancelled_at is None,
        has_confirmed=has_confirmed,
    )


def _is_translator(actor: Actor, order: TranslationOrder, role: Any, state: Any) -> bool:
    """Who has become another State's person in the review, or one of the secretariat, is none any more."""
    is_outside = not role and state in {None, order.ordered_for_id}
    return order.translator_id == actor.pk and order.ended_at is None and is_outside
