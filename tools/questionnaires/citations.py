"""Finds the articles that an item cites in its own words.

"art. 5, para. 1 (a) (i)" becomes ``{"instrument": "untoc", "article": "5", "para": "1 (a) (i)"}``. Paragraphs
joined by "and" are cited one by one, a range ("paras. 1 (a) (i)–(ii)", "paragraphs 9 to 29") stays one
citation with an en dash. ``para`` is null where only the article is named.
"""

import re
from collections.abc import Iterator

Citation = dict[str, str | None]

_ARTICLE = re.compile(r"\b(?:articles?|arts?\.) (?=\d)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_SUBDIVISIONS = re.compile(r"(?: \((?:[a-z]|[ivx]+|\d)\))+")
_NEXT_ARTICLE = re.compile(r"(?:, | and )(?=\d)")
_PARAGRAPH = re.compile(r",? (?:paragraphs?|paras?\.) (?=[\d(])")
_PARA = re.compile(r"(?P<number>\d+)?(?P<subs>(?: ?\((?:[a-z]|[ivx]+|\d)\))*)")
_RANGE = re.compile(r" to |–")
_AND = re.compile(r" and (?=[\d(])|, (?=[\d(])")
_OF_INSTRUMENT = re.compile(r",? of the (?P<name>Organized Crime Convention|Convention|Firearms Protocol|Protocol)\b")
_INCLUDING = re.compile(r", including(?= paragraphs? \d)")

_NAMED_INSTRUMENTS = {
    "Organized Crime Convention": "untoc",
    "Convention": "untoc",
    "Firearms Protocol": "firearms",
}


def find_citations(words: str, instrument: str) -> list[Citation]:
    """The articles cited in the words, in order, each once.

    ``instrument`` is the one that the part reviews; a citation that names no instrument means it.
    """
    found: list[Citation] = []
    for match in _ARTICLE.finditer(words):
        for citation in _citations_at(words, match.end(), instrument):
            if citation not in found:
                found.append(citation)
    return found


def heading_articles(heading: str) -> list[str]:
    """The articles that a heading names: ["3", "5"] for "Article 3, Use of terms, and article 5, …"."""
    return re.findall(r"\barticle (\d+)", heading, re.IGNORECASE)


def _citations_at(words: str, position: int, instrument: str) -> Iterator[Citation]:
    """The citations that begin at ``position``, right after the word "article"."""
    articles, position = _read_articles(words, position)
    paras, position = _read_paras(words, position)
    named = _OF_INSTRUMENT.match(words, position)
    if named:
        instrument = _NAMED_INSTRUMENTS.get(named["name"], instrument)
        position = named.end()
        if including := _INCLUDING.match(words, position):  # the whole article, some paragraphs above all
            paras, position = _read_paras(words, including.end())
            paras = [None, *paras]
    for article, subdivision in articles[:-1]:
        yield {"instrument": instrument, "article": article, "para": subdivision}
    last_article, subdivision = articles[-1]
    for para in paras or [subdivision]:
        yield {"instrument": instrument, "article": last_article, "para": para}


def _read_articles(words: str, position: int) -> tuple[list[tuple[str, str | None]], int]:
    """Article numbers with the subdivision printed right behind each: "2 (e)"."""
    articles: list[tuple[str, str | None]] = []
    while number := _NUMBER.match(words, position):
        position = number.end()
        subdivision = _SUBDIVISIONS.match(words, position)
        if subdivision:
            position = subdivision.end()
        articles.append((number[0], subdivision[0].strip() if subdivision else None))
        following = _NEXT_ARTICLE.match(words, position)
        if not following:
            break
        position = following.end()
    return articles, position


def _read_paras(words: str, position: int) -> tuple[list[str | None], int]:
    """The paragraphs after an article: "1 (a) and (b)" gives "1 (a)" and "1 (b)"."""
    start = _PARAGRAPH.match(words, position)
    if not start:
        return [], position
    paras: list[str | None] = []
    number = ""
    position = start.end()
    while True:
        para, number, position = _read_para(words, position, number)
        if span := _RANGE.match(words, position):
            end = _PARA.match(words, span.end())
            if end and end[0]:
                para, position = f"{para}–{end[0].strip()}", end.end()
        paras.append(para)
        following = _AND.match(words, position)
        if not following:
            return paras, position
        position = following.end()


def _read_para(words: str, position: int, number: str) -> tuple[str, str, int]:
    match = _PARA.match(words, position)
    if not match or not match[0]:
        raise ValueError(f"no paragraph at {words[position : position + 40]!r}")
    number = match["number"] or number
    return f"{number} {match['subs'].strip()}".strip(), number, match.end()
