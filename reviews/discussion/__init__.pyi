from .forms import MentionForm as MentionForm, note_field as note_field
from .names import named_in as named_in
from .selectors import colleagues_of as colleagues_of, people_by_name as people_by_name
from .services import (
    MAXIMUM_NOTE as MAXIMUM_NOTE,
    clean_note as clean_note,
    require_all_seen as require_all_seen,
    require_unresolved as require_unresolved,
    turn as turn,
)
from .views import ResolveView as ResolveView
