"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit
from observations.naming import register_answered
from observations.publications.services import queue_names_taken_out
from observations.publications.translated import queue_agreed
from observations.translations import follows_whole

VERBS = {
    "reviews.text.published": _("published an agreed text"),
    "reviews.text.translations_published": _("published translations of a text"),
    "reviews.text.publication_ended": _("ended the publication of a text"),
    "reviews.text.files_requested": _("asked for the files of a publication again"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    register_answered(queue_names_taken_out)
    follows_whole(queue_agreed)
