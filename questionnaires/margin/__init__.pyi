from .forms import MentionForm as MentionForm
from .names import named_in as named_in
from .selectors import (
    open_notes as open_notes,
    unseen_mentions as unseen_mentions,
)
from .services import (
    MAXIMUM_NOTE as MAXIMUM_NOTE,
    start_thread as start_thread,
)
