"""What may be asked about beyond the questions of the form."""

from hashlib import sha256

from accounts.people.models import User
from dialogue.exchange import supplements_visible_to
from dialogue.exchange.enums import SupplementKind
from questionnaires.submissions import latest_submission, laws_sent, open_submission
from reviews.cases.models import Review


def law_key(title: str) -> str:
    """What stands for a law in an address and in a form: its name is content, which no log may hold."""
    return sha256(title.encode()).hexdigest()[:16]


def laws_to_ask_about(user: User, review: Review) -> list[str]:
    """The titles of what the State under review has offered and of the laws that its answers cite, which this opens.

    The caller asks the policy whether the person reads the shared table; four queries.
    """
    offered = supplements_visible_to(user, review, SupplementKind.LAW, SupplementKind.DECISION)
    submission = latest_submission(review)
    open_submission(user, submission)
    cited = [cited.law for cited in laws_sent(submission)] if submission else []
    return list(dict.fromkeys([*(row.title for row in offered if row.sent_at), *cited]))
