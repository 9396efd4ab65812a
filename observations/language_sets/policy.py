"""The table of permissions on the languages of a version, printed whole in tests/permissions/language_set_matrix.csv.

Who agrees on a text agrees on its languages; who reads the text reads which they are.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, secretariat_role
from core.policy import PolicyCondition, Predicate, Rule, Table, at, may, unless
from observations.language_sets.enums import LanguageSetAction
from observations.language_sets.models import LanguageSet
from observations.texts import SPEAKS_FOR_A_PARTY, PartyFacts, states_agreeing
from observations.texts.models import AgreedText
from reviews.capacities import capacity_of, sees_review
from reviews.cases.models import Clearance
from reviews.programme.enums import StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageSetFacts(PartyFacts):
    """What the table needs to know of a text and of the asker's State.

    ``is_party``: the State agrees on the text. ``is_standing``: a version of it stands. ``is_proposed``: languages of
    that are proposed and not agreed yet; ``has_agreed``: the State has agreed to those.
    """

    is_standing: bool = False
    is_proposed: bool = False
    has_agreed: bool = False


standing: Predicate[LanguageSetFacts] = Predicate(lambda facts: facts.is_standing)
proposed: Predicate[LanguageSetFacts] = Predicate(lambda facts: facts.is_proposed)
agreed: Predicate[LanguageSetFacts] = Predicate(lambda facts: facts.has_agreed)
_AT_ITS_STEP: PolicyCondition[LanguageSetFacts] = at(
    {StepKind.AGREED_TEXT, StepKind.CLOSING},
    else_=_("Languages are agreed from the step of the list of observations on."),
)
_STANDS: PolicyCondition[LanguageSetFacts] = may(
    standing, else_=_("The languages are those of a version that stands: one that is proposed or agreed.")
)
PERMISSIONS: Table[LanguageSetFacts] = Table(
    LanguageSetAction,
    sees=sees_review,
    rules={
        LanguageSetAction.PROPOSE: Rule(SPEAKS_FOR_A_PARTY, _AT_ITS_STEP, _STANDS, binds=True),
        LanguageSetAction.AGREE: Rule(
            SPEAKS_FOR_A_PARTY,
            _AT_ITS_STEP,
            _STANDS,
            may(proposed, else_=_("No languages are proposed for this version at the moment.")),
            unless(agreed, else_=_("Your State has agreed to these languages.")),
            binds=True,
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: AgreedText) -> LanguageSetFacts:
    """For LanguageSetAction; ``target`` is a text."""
    capacity = capacity_of(actor, target.review)
    state = capacity.state_party_id if capacity else None
    version = target.versions.filter(cancelled_at=None).values_list("pk", flat=True).first()
    row, has_agreed = None, False
    if version is not None and action == LanguageSetAction.AGREE:
        row = LanguageSet.objects.filter(version=version, agreed_at=None, replaced_at=None).first()
    if row is not None and state is not None:
        has_agreed = Clearance.objects.filter(document_id=row.pk, state_party_id=state, taken_back_at=None).exists()
    return LanguageSetFacts(
        capacity=capacity,
        role=secretariat_role(actor),
        kind=StepKind(target.review.step.kind),
        is_party=state is not None and state in states_agreeing(target.review, target.instrument_id),
        is_standing=version is not None,
        is_proposed=row is not None,
        has_agreed=has_agreed,
    )
