from .over_set import (
    TextInLanguages as TextInLanguages,
    follows_whole as follows_whole,
    in_languages as in_languages,
    note_whole as note_whole,
)
from .selectors import (
    confirmed_translations as confirmed_translations,
    document_in_translation as document_in_translation,
    orders_waiting as orders_waiting,
    own_orders as own_orders,
    progress_of as progress_of,
)
from .services import OrderInput as OrderInput, order_translation as order_translation
