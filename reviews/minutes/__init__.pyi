from .selectors import (
    Notes as Notes,
    NotesRow as NotesRow,
    get_held_meeting as get_held_meeting,
    notes_rows as notes_rows,
    notes_visible_to as notes_visible_to,
    open_notes as open_notes,
)
from .services import (
    answer_notes as answer_notes,
    lay_notes as lay_notes,
    shown_of_notes as shown_of_notes,
    write_notes as write_notes,
)
