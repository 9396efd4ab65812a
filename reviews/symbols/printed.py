"""What the masthead of a document says of its symbol; pure."""

import datetime as dt
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from core.language.i18n import UN_LANGUAGES, babel_locale
from core.time.dates import day_in_words
from reviews.symbols.enums import Distribution


@dataclass(frozen=True, slots=True)
class PrintedSymbol:
    """``original``: the code of the language out of which the document is translated into the others."""

    symbol: str
    distribution: Distribution
    dated_on: dt.date
    original: str

    def lines(self, language: str, *, is_public: bool) -> tuple[str, str, str]:
        """How it is distributed, its day and its original, in ``language``.

        A file that holds what only the States of the review may read says so, whatever was chosen for the document.
        """
        distribution = self.distribution if is_public else Distribution.RESTRICTED
        with translation.override(language):
            return (
                _("Distr.: %(distribution)s") % {"distribution": distribution.label},
                day_in_words(self.dated_on, "long", babel_locale(language)),
                _("Original: %(language)s") % {"language": dict(UN_LANGUAGES)[self.original]},
            )
