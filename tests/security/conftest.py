"""What most tests of the walls of the database play on."""

from tests.permissions.pieces import Pieces, Planter
from tests.sharing import shared
from tests.utils import Cast


@shared
def pieces(cast: Cast) -> Pieces:
    """One of everything that there is while the States talk; the test stands at the dialogue."""
    return Planter(cast, "Kept").plant("dialogue")
