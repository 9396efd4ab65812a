"""What came of the last press of the button that publishes a draw."""

from core import jobs
from core.models import Job
from lots.draws.enums import PUBLICATION
from lots.draws.models import Draw


def publication_of(draw: Draw) -> Job | None:
    """How far the opening of the reviews is, or why it failed; the caller has asked the policy about the draw."""
    return jobs.latest_act(draw, PUBLICATION)
