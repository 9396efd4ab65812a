"""The line that says by a question whose ministries propose there, out of a mould: a page has one at each question."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.language.terminology import Tongue, tongue
from core.web.moulds import Mould, mark


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """``count`` proposals, of which so many are ``new``; ``names`` of the ministries, number of the ``question``."""

    count: int
    new: int
    url: str
    names: str
    question: str


_moulds: dict[tuple[Tongue, int, int], Mould] = {}


def proposed_line(line: ProposedLine) -> SafeString:
    """A mould for each language and numbers: of a number hangs which plural a language has."""
    key = (tongue(), line.count, line.new)
    mould = _moulds.get(key)
    if mould is None:
        blank = ProposedLine(line.count, line.new, mark("url"), mark("names"), mark("question"))
        mould = _moulds[key] = Mould(rendered_line(blank))
    return mould.fill({"url": line.url, "names": line.names, "question": line.question})


def rendered_line(line: ProposedLine) -> str:
    """The line by its template, without a mould."""
    return render_to_string("questionnaires/answers/_proposed.html", {"proposed": line})
