"""Words by which a text says nothing itself and sends its reader elsewhere, in the languages of the United Nations."""

import re
import unicodedata

_POINTERS = (
    # English
    "see above", "see below", "as above", "same as above", "ditto", "see previous", "see the previous", "see answer",
    "see the answer", "see our answer", "see reply", "see the reply", "see response", "see the response",
    "see question", "see questions", "see also question", "see also questions", "as stated above", "as stated below",
    "as mentioned above", "refer to question", "refer to the answer",
    # French
    "voir ci-dessus", "voir plus haut", "voir ci-dessous", "voir plus bas", "idem", "voir question", "voir la question",
    "voir les questions", "voir réponse", "voir la réponse", "voir notre réponse", "comme ci-dessus", "cf. question",
    # Spanish
    "véase más arriba", "ver más arriba", "ver arriba", "véase arriba", "véase más abajo", "ídem", "véase la pregunta",
    "véanse las preguntas", "ver la pregunta", "ver pregunta", "véase la respuesta", "ver la respuesta",
    # Russian
    "см. выше", "смотри выше", "смотрите выше", "см. ниже", "то же", "см. вопрос", "см. вопросы", "см. ответ",
    "см. ответы",
    # Arabic
    "انظر أعلاه", "انظر أدناه", "انظر ما ورد أعلاه", "كما ورد أعلاه", "انظر السؤال", "انظر الإجابة", "راجع أعلاه",
    "راجع السؤال", "راجع الإجابة",
)  # fmt: skip
_POINTERS_IN_HAN = ("见上", "同上", "参见上文", "见上文", "见下文", "见问题", "参见问题", "参见第", "见第")  # fmt: skip
# What may stand beside such words and says nothing either; a number and a letter may as well.
_BESIDE = (
    "please and or also to the our in of number question questions answer answers reply response given"
    " provided above below previous preceding"
    " veuillez svp prière de et ou aussi également à au aux la le les l notre du des question questions réponse"
    " réponses donnée alinéa ci dessus dessous plus haut bas"
    " por favor sírvase y o también a al el los las nuestra del pregunta preguntas respuesta respuestas dada"
    " apartado más arriba abajo"
    " просьба пожалуйста и или также на вопрос вопросы вопроса ответ ответы пункт выше ниже"
    " يرجى و أو أيضا في عن على إلى من السؤال الأسئلة سؤال رقم الإجابة الفقرة الوارد الواردة أعلاه أدناه السابق السابقة"
).split()
_BESIDE_IN_HAN = "请另和与及或的对本题问项答复回答上下文第段参见"
_LABEL = re.compile(r"\d+\w?|[ivx]+|[^\W\u3400-\u4dbf\u4e00-\u9fff]")
_NUMBER = re.compile(r"\b(?:n|no|nos|num)\b(?=\W{0,2}\d)")  # "No. 3", and not the answer "No"
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"\w+")


def only_refers_elsewhere(words: str) -> bool:
    """Whether a text, without its marks, points elsewhere and has no word that says anything besides."""
    rest, pointers = _REFERENCE.subn(" ", _NUMBER.sub(" ", _plain(words)))
    if not pointers or any(sign not in _BESIDE_IN_HAN for sign in _HAN.findall(rest)):
        return False
    return all(word in _SAYS_NOTHING or _LABEL.fullmatch(word) for word in _WORD.findall(_HAN.sub(" ", rest)))


def _plain(words: str) -> str:
    """Without accents, vowel signs and capitals, which people set or leave out as they please."""
    signs = unicodedata.normalize("NFKD", words.casefold().replace("\u0640", ""))
    return " ".join("".join(sign for sign in signs if not unicodedata.combining(sign)).split())


def _any_of(phrases: tuple[str, ...]) -> str:
    return "|".join(re.escape(_plain(each)) for each in sorted(phrases, key=len, reverse=True))


_REFERENCE = re.compile(rf"(?<!\w)(?:{_any_of(_POINTERS)})(?!\w)|{_any_of(_POINTERS_IN_HAN)}")
_SAYS_NOTHING = frozenset(map(_plain, _BESIDE))
