from .enums import LanguageSetAction as LanguageSetAction
from .selectors import (
    LanguagesOfVersion as LanguagesOfVersion,
    languages_for as languages_for,
    languages_of as languages_of,
    sets_visible_to as sets_visible_to,
    sets_waiting_in as sets_waiting_in,
)
from .services import (
    agree_to_languages as agree_to_languages,
    follows_set as follows_set,
    propose_languages as propose_languages,
)
