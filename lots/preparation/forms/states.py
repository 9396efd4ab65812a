"""States and pairs of States that are typed into a text field, by code or by name."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy
from modeltranslation.settings import AVAILABLE_LANGUAGES
from modeltranslation.utils import build_localized_fieldname

from accounts.states.models import StateParty
from core.language.i18n import isolated

MOST_SIGNS = 5_000
_CODE = re.compile(r"[A-Za-z]{3}")
_DIVIDER = re.compile(r"[,;،؛]")
_ARROW = re.compile(r">|→")


def known_names(states: list[StateParty]) -> dict[str, str]:
    """The code of each State by its code and by its name in every language, as ``_folded`` writes them."""
    codes = {}
    for state in states:
        for language in AVAILABLE_LANGUAGES:
            if name := getattr(state, build_localized_fieldname("name", language)):
                codes[_folded(name)] = state.iso3
    return {**codes, **{_folded(state.iso3): state.iso3 for state in states}}


class _NamedStatesField(forms.CharField):
    """``codes`` is set by the form, which reads the States once for all its fields."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        attrs = {"rows": rows, "dir": "auto", "spellcheck": "false", "autocapitalize": "characters"}
        super().__init__(required=False, max_length=MOST_SIGNS, widget=forms.Textarea(attrs=attrs), **kwargs)
        self.codes: Mapping[str, str] = {}

    def _code_of(self, line: int, words: str) -> str:
        if code := self.codes.get(_folded(words)):
            return code
        message = _("Line %(line)s: there is no State with the code or name “%(words)s”.")
        raise ValidationError(message % {"line": line, "words": isolated(words)})


class StatesField(_NamedStatesField):
    """Codes divided by spaces or commas, or names one a line; gives the codes in their order."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Codes divided by spaces or commas, or one name a line."))
        super().__init__(rows=2, **kwargs)

    def clean(self, value: Any) -> list[str]:
        pieces = [(number, piece) for number, line in _lines(super().clean(value)) for piece in self._pieces_of(line)]
        return _all_or_errors(pieces, self._code_of)

    def _pieces_of(self, line: str) -> Iterator[str]:
        """A line is one name, or several divided by commas, or codes."""
        for words in _divided(line):
            codes = words.split()
            is_codes = _folded(words) not in self.codes and all(_CODE.fullmatch(code) for code in codes)
            yield from codes if is_codes else [words]


class PairsField(_NamedStatesField):
    """One pair a line, ``AAA > BBB``; gives the codes in that form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(rows=3, **kwargs)

    def clean(self, value: Any) -> list[str]:
        return _all_or_errors(list(_lines(super().clean(value))), self._pair_of)

    def _pair_of(self, number: int, line: str) -> str:
        sides = [side.strip() for side in _ARROW.split(line)]
        if len(sides) != 2 or not all(sides):
            message = _("Line %(line)s: write one pair, with the sign > between the two States.")
            raise ValidationError(message % {"line": number})
        reviewer, under_review = (self._code_of(number, side) for side in sides)
        if reviewer == under_review:
            message = _("Line %(line)s: no State reviews itself anyhow; a pair names two States.")
            raise ValidationError(message % {"line": number})
        return f"{reviewer}>{under_review}"


def _all_or_errors(lines: list[tuple[int, str]], read: Callable[[int, str], str]) -> list[str]:
    """What was read of all lines. Raises ValidationError with what is wrong in each of them."""
    found, errors = [], []
    for number, words in lines:
        try:
            found.append(read(number, words))
        except ValidationError as error:
            errors.append(error)
    if errors:
        raise ValidationError(errors)
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold something, each with its number."""
    return ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip())


def _divided(line: str) -> Iterator[str]:
    return (part.strip() for part in _DIVIDER.split(line) if part.strip())


def _folded(words: str) -> str:
    """Without accents, letter case and the like, so that people need not type a name exactly."""
    decomposed = unicodedata.normalize("NFKD", words.replace("’", "'"))
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold().split())
