"""Nominations as a spreadsheet: what its columns mean, and what is wrong with each row, by cell; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import ServiceError
from core.files.spreadsheet_columns import cells_by_key, columns_of
from core.files.spreadsheet_reading import read_lines
from core.language.known_names import in_every_language, un_language_named
from core.language.terminology import Terminology, spoken
from core.mail.addresses import kept_address
from reviews.cases.enums import ParticipationRole
from reviews.nominations.naming import Circumstances, Naming, Seat, field_problems, place_problems

# By the key that stands in the hidden first row of the template. The words are those of the second row.
COLUMNS: Mapping[str, str | Promise] = {
    "review": gettext_lazy("Review code"),
    "role": gettext_lazy("Role"),
    "full_name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail address"),
    "job_title": gettext_lazy("Title"),
    "organization": gettext_lazy("Ministry or office"),
    "phone": gettext_lazy("Office telephone"),
    "language": gettext_lazy("Language"),
}
_REQUIRED = ("review", "role", "full_name", "email")
_HEADERS = 2
_DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One person of the file; ``problems`` by column. ``replaced``: the focal point of today who would leave."""

    line: int
    naming: Naming
    problems: Mapping[str, str] = field(default_factory=dict)
    replaced: Seat | None = None

    @property
    def is_good(self) -> bool:
        return not self.problems


def read_sheet(name: str, content: bytes) -> list[SheetRow]:
    """The people of a file, each with what is wrong with its cells. Raises ServiceError for the file as a whole."""
    lines = read_lines(name, content, headers=_HEADERS)
    columns = columns_of(lines, COLUMNS, required=_REQUIRED, empty=_("There is nobody in this file."))
    people = lines[1:]
    if people and _is_header(people[0][1]):
        people = people[1:]
    if not people:
        raise ServiceError(_("There is nobody in this file."), field="file")
    return [_row(line, cells, columns) for line, cells in people]


def checked(rows: Sequence[SheetRow], circumstances: Circumstances, present: Sequence[Naming] = ()) -> list[SheetRow]:
    """The rows with what keeps each person from taking part. A focal point of today is offered to be replaced.

    ``present`` are named in the note already.
    """
    found: list[SheetRow] = []
    for row in rows:
        naming, replaced = _with_replacement(row.naming, circumstances)
        problems = row.problems or _problems(naming, circumstances, found, present)
        found.append(SheetRow(row.line, naming, problems, None if problems else replaced))
    return found


def _problems(
    naming: Naming, circumstances: Circumstances, before: Sequence[SheetRow], present: Sequence[Naming]
) -> dict[str, str]:
    for row in before:
        if (row.naming.review, row.naming.email) == (naming.review, naming.email):
            return {"email": _("The same person and review as in row %(line)d.") % {"line": row.line}}
    return place_problems(naming, circumstances, [*present, *(row.naming for row in before if row.is_good)])


def _with_replacement(naming: Naming, circumstances: Circumstances) -> tuple[Naming, Seat | None]:
    focal_point = circumstances.focal_point(naming.review)
    if naming.role != ParticipationRole.FOCAL_POINT or focal_point is None or focal_point.email == naming.email:
        return naming, None
    return replace(naming, replaces=focal_point.participation_id), focal_point


def _is_header(cells: Sequence[str]) -> bool:
    """The second row of the template names the columns once more, in words."""
    return all(cell.casefold() in _keys(spoken()) for cell in cells if cell)


def _row(line: int, cells: Sequence[str], columns: Mapping[int, str]) -> SheetRow:
    given = cells_by_key(cells, columns)
    role, language = given.pop("role"), given.pop("language", "")
    given["review"] = given["review"].upper()
    given["email"] = kept_address(given["email"])
    naming = Naming(
        **given,
        role=_roles(spoken()).get(role.casefold(), ""),
        language=un_language_named(language) if language else _DEFAULT_LANGUAGE,
    )
    problems = field_problems(naming)
    if role and "role" in problems:
        problems["role"] = _("“%(cell)s” is no role. The second sheet of the template lists them.") % {
            "cell": role[:40]
        }
    if "language" in problems:
        problems["language"] = _("“%(cell)s” is none of the six languages of the United Nations.") % {
            "cell": language[:40]
        }
    if not naming.review:
        problems["review"] = _("Enter the code of the review.")
    return SheetRow(line, naming, problems)


@cache
def _keys(_words: Terminology | None) -> Mapping[str, str]:
    return in_every_language(COLUMNS)


@cache
def _roles(_words: Terminology | None) -> Mapping[str, str]:
    return in_every_language(dict(ParticipationRole.choices))
