from .documents import with_words_on_original as with_words_on_original, words_on_original as words_on_original
from .over_set import (
    LanguageOfSet as LanguageOfSet,
    TextInLanguages as TextInLanguages,
    confirmed_of as confirmed_of,
    follows_whole as follows_whole,
    in_languages as in_languages,
    note_whole as note_whole,
    translations_to_publish as translations_to_publish,
)
from .selectors import (
    confirmed_translations as confirmed_translations,
    document_in_translation as document_in_translation,
    hash_of_translation as hash_of_translation,
    orders_waiting as orders_waiting,
    own_orders as own_orders,
    progress_of as progress_of,
    segments_beside as segments_beside,
)
from .services import (
    OrderInput as OrderInput,
    confirm_translation as confirm_translation,
    hand_in as hand_in,
    order_translation as order_translation,
    save_translation as save_translation,
)
