from django.utils.translation import gettext_lazy as _

from accounts.contacts.selectors import in_language, of_state_named
from core.language.i18n import UN_LANGUAGES
from core.web.filters import PortalFilterSet, SelectFilter, TextFilter, by


class ContactFilterSet(PortalFilterSet):
    q = TextFilter(label=_("State, office or e-mail address"), method=by(of_state_named))
    language = SelectFilter(label=_("Language"), choices=UN_LANGUAGES, method=by(in_language))
