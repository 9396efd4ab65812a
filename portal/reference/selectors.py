"""Where the files of this release differ from rows in which a person had a say, as an administrator decides on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.errors import found
from core.hashes import document_hash
from core.models import ProposedRow
from portal.reference.memory import differing_columns, text_in
from reviews.programme.enums import EVIDENCE_WORDS, EvidenceMark
from reviews.programme.models import Adherence, PhasePeriod
from reviews.reminders.models import ReminderRule

_DEEPEST = 2  # how many links away stands what a row is called by: a row of a cluster, its article, its instrument


@dataclass(frozen=True, slots=True)
class ColumnDifference:
    """A column in the reader's words: what stands here, and what the files of the release say."""

    name: str
    label: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class ReleaseProposal:
    """``shown`` is a fingerprint of both sides, for a form to carry: what its writer was shown.

    ``is_readable``: the columns (still) hold such values. ``address``: of the page on which alone such rows are
    changed, or empty.
    """

    proposed: ProposedRow
    row: models.Model
    columns: Sequence[ColumnDifference]
    shown: str
    is_readable: bool
    address: str

    @property
    def can_be_taken(self) -> bool:
        return self.is_readable and not self.address

    @property
    def kind(self) -> str:
        return capfirst(str(self.row._meta.verbose_name))

    @property
    def evidence(self) -> str:
        """How well the release knows what it says, and whence; empty where it does not say."""
        mark, note = (self.proposed.release.get(name) for name in ("evidence_mark", "evidence_note"))
        words = [str(EVIDENCE_WORDS[mark])] if mark in EVIDENCE_WORDS else []
        return ". ".join([*words, *([note] if note else [])])


def proposals() -> list[ReleaseProposal]:
    """All, undecided ones first, of them those that are new; queries by the kinds of rows, whatever their number."""
    order = (models.F("declined_at").asc(nulls_first=True), "-is_new", "table", "key")
    rows = list(ProposedRow.objects.select_related("declined_by").order_by(*order))
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        wanted[row.table].add(row.row)
    kinds = _kinds()
    here = {table: _rows_of(kinds[table]).in_bulk(keys) for table, keys in wanted.items() if table in kinds}
    pairs = [(row, here[row.table][row.row]) for row in rows if row.row in here.get(row.table, {})]
    names = _names_of_others(pairs)
    made = (_proposal(proposed, row, names) for proposed, row in pairs)
    return [proposal for proposal in made if proposal.columns]


def get_proposal(key: UUID, *, for_update: bool = False) -> ReleaseProposal:
    """Raises Http404 where the release proposes no such difference (any more)."""
    rows = ProposedRow.objects.select_for_update() if for_update else ProposedRow.objects.all()
    proposed = found(rows.filter(pk=key).first())
    kind = found(_kinds().get(proposed.table))
    own = _rows_of(kind)
    row = found((own.select_for_update(of=("self",)) if for_update else own).filter(pk=proposed.row).first())
    return _proposal(proposed, row, _names_of_others([(proposed, row)]))


def value_of(model: type[models.Model], name: str, text: str | None) -> Any:
    """A value of the files for a column (the key, for a link). Raises ValueError for what is not kept as it is read."""
    field: Any = model._meta.get_field(name)
    plain = field.target_field if field.is_relation else field
    try:
        value = None if text is None else plain.to_python(text)
    except ValidationError as error:
        raise ValueError(text) from error
    if text_in(model, name, value) != text:
        raise ValueError(text)
    return value


def _proposal(proposed: ProposedRow, row: models.Model, names: Mapping[UUID, str]) -> ReleaseProposal:
    differing = differing_columns(row, proposed.release)
    columns = [
        ColumnDifference(name, _label(row, name), *(_in_words(row, name, text, names) for text in pair))
        for name, pair in differing.items()
    ]
    shown = document_hash({name: list(pair) for name, pair in differing.items()})[:32]
    return ReleaseProposal(proposed, row, columns, shown, _is_readable(row, differing), _address_of(row))


def _is_readable(row: models.Model, differing: Mapping[str, tuple[str | None, str | None]]) -> bool:
    try:
        for name, (_here, there) in differing.items():
            value_of(type(row), name, there)
    except ValueError:
        return False
    return True


def _address_of(row: models.Model) -> str:
    """Where rows are changed with what belongs to them, and never from here, column by column.

    Dates of the programme would overlap one by one; a date of deposit goes with where it is read.
    """
    if isinstance(row, PhasePeriod):
        return reverse("reviews:programme-change", args=[row.phase.mechanism.slug])
    if isinstance(row, Adherence):
        return reverse("reviews:adherence", args=[row.state_party.iso3, row.instrument.slug])
    if isinstance(row, ReminderRule):
        return reverse("portal:reminder-rules", args=[row.mechanism.slug])
    return ""


def _label(row: models.Model, name: str) -> str:
    return capfirst(str(getattr(row._meta.get_field(name), "verbose_name", name)))


def _in_words(row: models.Model, name: str, text: str | None, names: Mapping[UUID, str]) -> str:
    field: Any = row._meta.get_field(name)
    if text is None or text == "":
        return "–"
    if list(field.flatchoices) == EvidenceMark.choices:
        return str(EVIDENCE_WORDS.get(text, text))
    if field.is_relation:
        return names.get(UUID(text), text)
    if isinstance(field, models.BooleanField):
        return _("Yes") if text == str(True) else _("No")
    return str(dict(field.flatchoices).get(text, text))


def _names_of_others(pairs: Iterable[tuple[ProposedRow, models.Model]]) -> Mapping[UUID, str]:
    """What the rows are called to which the differing columns link; one query a kind."""
    wanted: dict[type[models.Model], set[str]] = defaultdict(set)
    for proposed, row in pairs:
        for name, texts in differing_columns(row, proposed.release).items():
            if (kind := row._meta.get_field(name).related_model) is not None:
                wanted[kind] |= {text for text in texts if text}
    return {key: str(other) for kind, keys in wanted.items() for key, other in _rows_of(kind).in_bulk(keys).items()}


def _rows_of(kind: type[models.Model]) -> models.QuerySet[Any]:
    """With the rows that they link to, by which they are called; one query."""
    return kind._default_manager.select_related(*_links_of(kind))


def _links_of(kind: type[models.Model], depth: int = _DEEPEST) -> Iterable[str]:
    for field in kind._meta.concrete_fields:
        other = field.related_model
        if other is not None and other is not kind:
            yield field.name
            if depth > 1:
                yield from (f"{field.name}__{name}" for name in _links_of(other, depth - 1))


def _kinds() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}
