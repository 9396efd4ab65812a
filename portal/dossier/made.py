"""For whom a dossier is made, and of which review."""

from dataclasses import dataclass

from accounts.people import Actor
from core.models import Job
from reviews.capacities import capacity_of, chain_of_review
from reviews.cases.models import Review
from reviews.record import SECRETARIAT_TABLE, RecordScope
from reviews.symbols.enums import DocumentKind

# Under which names the job keeps the key of the State for which it was asked, and which document of the exchange.
STATE, DOCUMENT = "state", "document"


@dataclass(frozen=True, slots=True)
class MadeDossier:
    """A dossier that somebody has asked for; it is that person's, as long as he or she acts for the same State."""

    job: Job
    review: Review

    @property
    def document(self) -> DocumentKind:
        """Which document of the exchange; asked only of jobs that make one."""
        return DocumentKind(self.job.details[DOCUMENT])


def key_of_state(actor: Actor, review: Review) -> str:
    """Of the State for which the reader acts in the review; empty for the secretariat."""
    capacity = capacity_of(actor, review)
    return str(capacity.state_party_id) if capacity else ""


def scope_in_dossier(actor: Actor, review: Review) -> RecordScope:
    """What of the record of acts goes into the reader's dossier: of the secretariat all read the shared table alone."""
    capacity, chain = capacity_of(actor, review), chain_of_review(review)
    state = capacity.state_party if capacity else None
    return RecordScope(chain, state.iso3 if state else SECRETARIAT_TABLE)
