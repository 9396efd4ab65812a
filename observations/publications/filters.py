from django.utils.translation import gettext_lazy as _

from accounts.states import states_among
from core.language.i18n import UN_LANGUAGES
from core.web.filters import Choices, PortalFilterSet, SelectFilter, TextFilter, by
from observations.publications.selectors import (
    holding_words,
    in_language,
    on_article,
    published_articles,
    published_instruments,
    published_languages,
    under_heading,
)
from observations.texts.enums import ObservationKind


class PublicationFilterSet(PortalFilterSet):
    """Which documents to show of those that are open to the reader."""

    words = TextFilter(label=_("Words in the text"), method=by(holding_words))
    state = SelectFilter("agreed_text__review__state_under_review__iso3", label=_("State under review"))
    instrument = SelectFilter("agreed_text__instrument__slug", label=_("Instrument"))
    article = SelectFilter(label=_("Article"), method=by(on_article))
    heading = SelectFilter(label=_("Heading"), method=by(under_heading), choices=ObservationKind.choices)
    language = SelectFilter(label=_("Language"), method=by(in_language))

    def get_choices(self) -> Choices:
        names = dict(UN_LANGUAGES)
        return {
            "state": states_among(self.queryset, "agreed_text__review__state_under_review"),
            "instrument": [(row.slug, row.short_name) for row in published_instruments(self.queryset)],
            "article": [(str(number), number) for number in published_articles(self.queryset)],
            "language": [(code, names[code]) for code in published_languages(self.queryset)],
        }
