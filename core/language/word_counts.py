"""How long a text is, counted as word processors count, in any of the six languages; pure.

Texts of the review have limits in words: written feedback is not to exceed 10,500 (resolution 10/1, annex I,
paragraph 10), the summary of a list of observations 1,500 (annex II, note 4).
"""

import re

from core.language.rendering import as_words

# Han is written without spaces between words: every sign counts, as word processors count it.
_HAN = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_BETWEEN = re.compile(r"[\s\u2014\u2015]+")  # a dash that is set without spaces parts two words, a hyphen does not
_GROUPED = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3})")  # the spaces in "10 500" that never end a line
_TATWEEL = "\u0640"  # stretches a word; by itself it serves as a dash


def count_words(text: str) -> int:
    """Words of running text in ``text``, which is Markdown.

    A word is what stands between spaces and has a letter or a digit: "cross-border", "l’État", "and/or", "10,500" and
    an address count once, whatever vowel signs and tatweel Arabic words have; a dash, "§" or "***" by itself does not
    count. Every Han sign is a word. What Markdown does not show (marks, numbers of lists, addresses behind the words of
    a link) does not count.
    """
    shown = _GROUPED.sub("", as_words(text)).replace(_TATWEEL, "")
    spaced, signs = _HAN.subn(" ", shown)
    return signs + sum(any(sign.isalnum() for sign in word) for word in _BETWEEN.split(spaced))
