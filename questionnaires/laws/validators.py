"""What an entry of the library may hold; one way to check it, for the form and for each row of a list."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.language.i18n import UN_LANGUAGES, isolated, listed_in
from core.language.text import clean_text, is_web_address, one_line
from questionnaires.laws.enums import LawKind, LawStatus
from questionnaires.laws.names import LONGEST_TITLE, law_key

LONGEST_TEXT = 20_000  # characters
MOST_FILES = 20  # with one entry
MOST_NAMES = 20  # that are added at once
MOST_DIGITS = 5  # of a number that somebody gives
LENGTHS = {"title": LONGEST_TITLE, "translation": LONGEST_TITLE, "number": 100, "link": 500}
OTHER_LANGUAGE = "other"
LANGUAGES = frozenset({"", OTHER_LANGUAGE, *(code for code, _name in UN_LANGUAGES)})


@dataclass(frozen=True, slots=True)
class LawInput:
    """What a person gives of a law, as it was typed; ``articles`` as words ("TIP 5, 6; SOM 6"), the rest by columns."""

    title: str
    translation: str = ""
    number: str = ""
    dated: dt.date | None = None
    kind: str = LawKind.LAW
    language: str = ""
    status: str = LawStatus.IN_FORCE
    since: dt.date | None = None
    link: str = ""
    text: str = ""
    also_cited_as: str = ""
    articles: str = ""


@dataclass(frozen=True, slots=True)
class KnownArticles:
    """``codes``: that of the instrument, a space and the number, for each article there is.

    ``instruments``: from what one may be called to its slug.
    """

    codes: frozenset[str]
    instruments: Mapping[str, str]


def cleaned(given: LawInput, known: KnownArticles) -> tuple[dict[str, Any], dict[str, ServiceError]]:
    """The columns of a law as they are kept, and what is wrong, by field."""
    wrong: dict[str, ServiceError] = {}

    def checked(name: str, clean: Callable[[], Any]) -> Any:
        try:
            return clean()
        except ServiceError as error:
            wrong[name] = error
            return "" if name != "articles" else []

    columns: dict[str, Any] = {
        name: checked(name, partial(_line, getattr(given, name), most, name)) for name, most in LENGTHS.items()
    }
    columns["text"] = checked("text", lambda: clean_text(given.text, maximum=LONGEST_TEXT).strip())
    columns["also_cited_as"] = checked("also_cited_as", lambda: _names(given.also_cited_as))
    columns["articles"] = checked("articles", lambda: articles_in(given.articles, known))
    columns |= {name: getattr(given, name) for name in ("dated", "since", "kind", "language", "status")}
    for name, message in contradictions(columns).items():
        wrong.setdefault(name, ServiceError(message, field=name))
    return columns, wrong


def _line(value: str, most: int, name: str) -> str:
    return one_line(clean_text(value, maximum=most, field=name))


def _names(value: str) -> str:
    lines = [one_line(line) for line in clean_text(value, field="also_cited_as").split("\n")]
    lines = list(dict.fromkeys(line for line in lines if line))
    if any(len(line) > LONGEST_TITLE for line in lines):
        raise _too_much()
    return "\n".join(lines)


def _too_much() -> ServiceError:
    message = _("Give at most %(most)d names, one a line, of at most %(long)d characters.")
    return ServiceError(message % {"most": MOST_NAMES, "long": LONGEST_TITLE}, field="also_cited_as")


def too_many_names(also_cited_as: str, known: Collection[str] = ()) -> ServiceError | None:
    """Whether more names are added at once than may be; ``known``: those that the entry has, which may all stay."""
    added = {key for line in also_cited_as.split("\n") if (key := law_key(line)) and key not in known}
    return _too_much() if len(added) > MOST_NAMES else None


def contradictions(columns: Mapping[str, Any]) -> dict[str, str]:
    """What of the columns of a law cannot be, or not together, by field."""
    found = {}
    if not law_key(columns["title"]):
        found["title"] = _("Enter the title.")
    if columns["link"] and not is_web_address(columns["link"]):
        found["link"] = _("A link must begin with https:// or http://.")
    if columns["kind"] not in LawKind.values:
        found["kind"] = _("Choose one of: law, regulation, case, policy, answer given elsewhere.")
    if columns["kind"] == LawKind.ELSEWHERE and not columns["dated"]:
        found["dated"] = _("Say when the answer was given.")
    if columns["kind"] == LawKind.ELSEWHERE and not columns["text"]:
        found["text"] = _("Say what has changed since the answer was given, or that nothing has.")
    if columns["status"] not in LawStatus.values:
        found["status"] = _("Choose one of: in force, amended, repealed.")
    if columns["language"] not in LANGUAGES:
        found["language"] = _("Choose one of the languages, or another one.")
    if columns["dated"] and columns["since"] and columns["since"] < columns["dated"]:
        found["since"] = _("This is before the date of the law.")
    return found


def articles_in(words: str, known: KnownArticles) -> list[str]:
    """Articles out of words: the short name or code of an instrument and a number, divided by commas.

    A number alone belongs to the instrument before it ("TIP 5, 6; SOM 6"). Raises ServiceError for what is none.
    """
    found: list[str] = []
    instrument = ""
    for piece in listed_in(words):
        name, _space, number = one_line(piece).rpartition(" ")
        if not number:
            continue
        instrument = known.instruments.get(name.casefold(), "") if name else instrument
        code = f"{instrument} {int(number)}" if number.isdecimal() and len(number) <= MOST_DIGITS else ""
        if code not in known.codes:
            message = _("“%(words)s” is no article of these instruments. Write for example: %(example)s.")
            example = ", ".join(sorted(known.codes)[:1])
            raise ServiceError(message % {"words": isolated(piece.strip()[:60]), "example": example}, field="articles")
        found.append(code)
    return list(dict.fromkeys(found))
