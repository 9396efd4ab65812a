"""The form of a note below a suggestion."""

from reviews.discussion import MentionForm, note_field
from reviews.drafts import ShownForm


class SuggestionNoteForm(MentionForm, ShownForm):
    """To colleagues, of whom one may be mentioned, or to all, where nobody is."""

    text = note_field(rows=5)
    field_order = ("text", "mention")
