from .locks import lock_review as lock_review, lock_with_review as lock_with_review
from .mails import review_path as review_path, tell as tell
from .selectors import (
    language_of as language_of,
    left_out_of as left_out_of,
    limit_of as limit_of,
    limits_of as limits_of,
    reviewing_bases as reviewing_bases,
    without_words as without_words,
)
