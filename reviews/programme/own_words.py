"""What a mechanism says in its own words: for words of the portal, and as symbols of its documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.documents.symbols import check_shapes
from core.language.terminology import check_words


class OwnWords(models.Model):
    words = models.TextField(
        _("words for those of the portal"),
        blank=True,
        validators=[check_words],
        help_text=_("One a line: a word of the portal = what the mechanism says for it. The longest is taken."),
    )
    symbol_shapes = models.TextField(
        _("shapes of symbols of documents"),
        blank=True,
        default="",
        db_default="",
        validators=[check_shapes],
        help_text=_("One a line, such as CTOC/COP/WG.#/#/CRP.#: # is a number, * letters, digits and points."),
    )

    class Meta:
        abstract = True
