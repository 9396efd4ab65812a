"""The keys of ``static/js/shortcuts.js``, in the words of the page that lists them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SHORTCUTS: list[tuple[Promise, list[tuple[str, Promise]]]] = [
    (
        _("Everywhere"),
        [
            ("Ctrl K", _("Find a place or an act (on a Mac, ⌘ K)")),
            ("?", _("This page")),
        ],
    ),
    (
        _("In a self-assessment and in answers that were sent"),
        [
            ("N", _("Next question")),
            ("P", _("Previous question")),
            ("M", _("Next question without an answer")),
            ("]", _("Next section")),
            ("[", _("Previous section")),
            ("O", _("Overview")),
            ("F", _("Find in questions, answers and laws")),
            ("S", _("Hear or see whether all is saved")),
        ],
    ),
    (
        _("At the review desk"),
        [
            ("N", _("Next question")),
            ("P", _("Previous question")),
            ("]", _("Next section")),
            ("[", _("Previous section")),
            ("E", _("Write your State’s feedback beside the answer")),
            ("A", _("Ask for clarification")),
            ("B", _("Draft an observation")),
        ],
    ),
]
