"""Reading a file of a questionnaire that a person has chosen: everything that is wrong, by its place in the file."""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _, gettext as translated

from core.errors import ServiceError
from core.language.text import clean_text
from questionnaires.definitions import (
    FORMAT_VERSION,
    Misfit,
    QuestionnaireDefinition,
    as_data,
    built,
    flaw_words,
    flaws_of,
    misfits,
)
from reviews.programme.models import Cluster

MOST_BYTES = 5 * 1024 * 1024


def read_data(content: bytes) -> Any:
    """The JSON of a file. Raises ServiceError with the line where it is none."""
    if len(content) > MOST_BYTES:
        raise ServiceError(_("This file is larger than 5 megabytes."), field="file")
    try:
        data = json.loads(content.decode("utf-8-sig"))
        is_text = all(map(_is_text, _strings(data)))
    except UnicodeDecodeError as error:
        raise ServiceError(_("This file is not in UTF-8."), field="file") from error
    except json.JSONDecodeError as error:
        message = _("This is no JSON file: line %(line)s, sign %(column)s cannot be read.")
        raise ServiceError(message % {"line": error.lineno, "column": error.colno}, field="file") from error
    except (RecursionError, ValueError) as error:
        raise ServiceError(_("This is no file of a questionnaire."), field="file") from error
    if not is_text:
        message = _("This holds characters that are not text. Type it or paste it as plain text.")
        raise ServiceError(message, field="file")
    return data


def _strings(data: Any) -> Iterator[str]:
    """Every text of a file, also those that are keys."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for each in data:
            yield from _strings(each)
    elif isinstance(data, dict):
        yield from data
        for each in data.values():
            yield from _strings(each)


def _is_text(text: str) -> bool:
    """Neither control characters nor halves of a sign, which no database and no page holds."""
    return not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text if sign not in "\n\t")


def read_definition(data: Any) -> tuple[QuestionnaireDefinition | None, list[str]]:
    """The questionnaire, where the file has the shape of one, or else what has not, by place."""
    found = [misfit_words(misfit) for misfit in misfits(data)]
    if found:
        return None, found
    if data["format_version"] != FORMAT_VERSION:
        message = _("format_version: only %(version)s can be read.")
        return None, [message % {"version": FORMAT_VERSION}]
    return built(data), []


def misfit_words(misfit: Misfit) -> str:
    """In the active language, after the place in the file."""
    words = translated(misfit.message) % misfit.facts  # marked in ``shape``
    return f"{misfit.place}: {words}" if misfit.place else words


def problems_of(definition: QuestionnaireDefinition, cluster: Cluster, slug: str) -> list[str]:
    """What keeps a file from being the draft of a cluster: it is of another one, or a rule does not hold."""
    wanted = {"mechanism": cluster.mechanism.slug, "cluster": cluster.roman, "slug": slug}
    problems = [
        _("%(key)s: “%(value)s” stands there, and “%(wanted)s” is expected.")
        % {"key": key, "value": getattr(definition, key), "wanted": value}
        for key, value in wanted.items()
        if getattr(definition, key) != value
    ]
    return [*problems, *_flaws(definition), *_unclean(definition)]


def _flaws(definition: QuestionnaireDefinition) -> Iterator[str]:
    items = {item.code: item for item in definition.items()}
    for flaw in flaws_of(definition):
        if not flaw.is_gap:
            place = "/".join(flaw.place)
            words = flaw_words(flaw, items)
            yield f"{place}: {words}" if place else words


def _unclean(definition: QuestionnaireDefinition) -> Iterator[str]:
    """Whatever is written in it in another way than it would be kept if it were typed."""
    held = {**as_data(definition), "translations": definition.translations}
    for text in dict.fromkeys(_strings(held)):
        try:
            is_kept = clean_text(text) == text
            problem = _("letters have to be composed (Unicode NFC), and no space stands at the end.")
        except ServiceError as error:
            is_kept, problem = False, str(error)
        if not is_kept:
            yield _("“%(text)s”: %(problem)s") % {"text": text[:60], "problem": problem}
