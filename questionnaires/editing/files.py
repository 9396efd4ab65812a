"""Reading a file of a questionnaire that a person has chosen: everything that is wrong, by its place in the file."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _, gettext as translated

from core.errors import ServiceError
from core.files.json_reading import read_json, strings_in
from core.files.spreadsheet_reading import line_words
from core.language.text import clean_text
from questionnaires.definitions import QuestionnaireDefinition
from questionnaires.files import FORMAT_VERSION, Misfit, as_data, built, flaw_words, flaws_of, misfits
from reviews.programme.models import Cluster

MOST_BYTES = 5 * 1024 * 1024


def read_data(content: bytes) -> Any:
    """The JSON of a file. Raises ServiceError (field ``file``) where it is none (``core.files.json_reading``)."""
    if len(content) > MOST_BYTES:
        raise ServiceError(_("This file is larger than 5 megabytes."), field="file")
    try:
        return read_json(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        where = line_words(content[: error.start].decode("utf-8-sig", "ignore"))
        raise ServiceError(f"{_('This file is not in UTF-8.')} {where}", field="file") from error


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
    for text in dict.fromkeys(strings_in(held)):
        try:
            is_kept = clean_text(text) == text
            problem = _("letters have to be composed (Unicode NFC), and no space stands at the end.")
        except ServiceError as error:
            is_kept, problem = False, str(error)
        if not is_kept:
            yield _("“%(text)s”: %(problem)s") % {"text": text[:60], "problem": problem}
