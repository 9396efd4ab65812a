"""Words by which a text says nothing itself and sends its reader elsewhere, in the languages of the United Nations."""

import re

_PHRASES = (
    # English
    "see above", "see below", "as above", "same as above", "ditto", "see previous answer", "see the previous answer",
    "see answer to question", "see the answer to question", "see question", "as stated above", "please see above",
    # French
    "voir ci-dessus", "voir plus haut", "voir ci-dessous", "idem", "voir la question", "voir question",
    "voir la réponse à la question", "comme ci-dessus",
    # Spanish
    "véase más arriba", "ver arriba", "véase arriba", "ídem", "véase la pregunta", "ver la pregunta", "ver pregunta",
    "véase la respuesta a la pregunta",
    # Russian
    "см. выше", "смотри выше", "см. ниже", "то же", "см. вопрос", "см. ответ на вопрос",
    # Chinese
    "见上", "同上", "参见上文", "见上文", "见问题", "参见问题",
    # Arabic
    "انظر أعلاه", "انظر ما ورد أعلاه", "كما ورد أعلاه", "انظر السؤال", "انظر الإجابة عن السؤال", "راجع أعلاه",
)  # fmt: skip
# What may stand beside: a number of a question, its letter in brackets, a full stop.
_REFERENCE = re.compile(
    rf"(?:{'|'.join(re.escape(each) for each in sorted(_PHRASES, key=len, reverse=True))})[\s\d.,:;()\w]{{0,20}}",
    re.IGNORECASE,
)


def only_refers_elsewhere(words: str) -> bool:
    """Whether a text, without its marks, is nothing but such words and the number of a question."""
    return bool(_REFERENCE.fullmatch(" ".join(words.split())))
