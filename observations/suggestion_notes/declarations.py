"""What this feature declares to the kernel: how its acts are called in the record, and where they are kept."""

from django.utils.translation import gettext_lazy as _

from core import audit
from observations.suggestion_notes.models import SuggestionNote
from reviews.capacities import place_of_piece

VERBS = {
    "observations.suggestionnote.written": _("wrote below a suggestion of wording"),
    "observations.suggestionnote.resolved": _("marked what is said below a suggestion as resolved"),
    "observations.suggestionnote.reopened": _("opened again what is said below a suggestion"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    audit.register(SuggestionNote, place_of_piece)
