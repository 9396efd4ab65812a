"""The table of permissions on the whole record of a review, printed whole in tests/permissions/dossier_matrix.csv.

Whoever reads what the States exchange takes it away, each what he or she may read. What was made for one person is
nobody else's, and not that person's own any more once he or she acts for another State.
"""

from dataclasses import dataclass
from typing import Any

from accounts.people import Actor
from core.policy import Predicate, Rule, Table
from portal.dossier.enums import DossierAction
from portal.dossier.made import STATE, MadeDossier, key_of_state
from reviews.capacities import ONLY_READERS, ReviewFacts, asker_in, sees_review
from reviews.cases.models import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFacts(ReviewFacts):
    """``is_anothers``: it was made for another person, or for another State than the one for which this one acts."""

    is_anothers: bool = False


anothers: Predicate[DossierFacts] = Predicate(lambda facts: facts.is_anothers)

PERMISSIONS: Table[DossierFacts] = Table(
    DossierAction, sees=sees_review & ~anothers, rules={DossierAction.TAKE: Rule(ONLY_READERS)}
)


def facts_of(actor: Actor, action: Any, target: Review | MadeDossier) -> DossierFacts:
    """For DossierAction; ``target`` is the review, or a dossier that was made of it."""
    review = target.review if isinstance(target, MadeDossier) else target
    return DossierFacts(
        **asker_in(actor, review),
        is_anothers=isinstance(target, MadeDossier) and not _is_made_for(actor, target),
    )


def _is_made_for(actor: Actor, made: MadeDossier) -> bool:
    is_own = made.job.requested_by_id == getattr(actor, "pk", None)
    return is_own and made.job.details.get(STATE) == key_of_state(actor, made.review)
