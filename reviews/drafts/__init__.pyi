from .forms import (
    DraftReadingForm as DraftReadingForm,
    RecallForm as RecallForm,
    ShownForm as ShownForm,
    WritingForm as WritingForm,
)
from .openings import note_opening as note_opening, open_piece as open_piece, opener_of as opener_of
from .recalling import (
    RecallView as RecallView,
    SendsOnce as SendsOnce,
    stands_as_sent as stands_as_sent,
    take_back as take_back,
)
from .selectors import (
    get_piece as get_piece,
    in_own_room as in_own_room,
    readable as readable,
    register_drafts as register_drafts,
    reviewers_have_drafts as reviewers_have_drafts,
    rooms_of_reviewers as rooms_of_reviewers,
)
from .services import (
    past_own as past_own,
    require_base as require_base,
    require_seen as require_seen,
    require_shown as require_shown,
    rewrite as rewrite,
)
from .shown import Audience as Audience, Shown as Shown, StandingVersion as StandingVersion
from .situations import (
    shown_in_room as shown_in_room,
    shown_of as shown_of,
    shown_on_table as shown_on_table,
    shown_to_own_state as shown_to_own_state,
)
from .views import CopyWay as CopyWay, SendsToTable as SendsToTable, WritingView as WritingView
