from .sentences import (
    anchor as anchor,
    condition_words as condition_words,
    full_number as full_number,
    numbers_on_page as numbers_on_page,
    official as official,
    own_number as own_number,
    translation_for_reader as translation_for_reader,
    words_above as words_above,
)
