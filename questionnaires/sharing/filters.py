from django.utils.translation import gettext_lazy as _

from accounts.states import states_among
from core.language.i18n import UN_LANGUAGES
from core.web.filters import Choices, PortalFilterSet, SelectFilter, TextFilter, by
from questionnaires.sharing.selectors import articles_among, holding_words, languages_among, on_article


class SharedAnswersFilterSet(PortalFilterSet):
    """Which answers to show of those that are open to the reader."""

    words = TextFilter(label=_("Words in the answers"), method=by(holding_words))
    state = SelectFilter("room__iso3", label=_("State"))
    article = SelectFilter(label=_("Article"), method=by(on_article))
    language = SelectFilter("language", label=_("Language"))

    def get_choices(self) -> Choices:
        names = dict(UN_LANGUAGES)
        return {
            "state": states_among(self.queryset, "room"),
            "article": [(str(number), number) for number in articles_among(self.queryset)],
            "language": [(code, names[code]) for code in languages_among(self.queryset)],
        }
