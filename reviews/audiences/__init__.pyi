from .selectors import (
    has_words as has_words,
    open_beyond as open_beyond,
    opened_articles as opened_articles,
    opened_holding as opened_holding,
    opened_on_article as opened_on_article,
    opened_under_heading as opened_under_heading,
)
from .services import (
    FoundBy as FoundBy,
    forget_words as forget_words,
    forget_words_that_name as forget_words_that_name,
    keep_words as keep_words,
)
