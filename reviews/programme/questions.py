"""How a question is named to people, from its code alone: what is stored names questions by their codes."""

import re

_DASH = re.compile(r"d(\d+)")


def question_number(code: str) -> str:
    """The number as printed: "11 (a)" of "I.water.11.a", "75 (–2)" of "I.water.75.d2"."""
    _cluster, _instrument, head, *tail = code.split(".")
    return " ".join([head, *("({})".format(_DASH.sub("–\\1", token)) for token in tail)])
