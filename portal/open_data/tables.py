"""What everybody may take away as data: the tables of a mechanism, with what each column means.

Each row is of what a public page shows to everybody, by the selector of that page. Columns are added at the end and
keep their meaning: programs of others rest on them.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone, translation

from accounts.states import all_states
from core.institution.facts import home_zone
from core.language.i18n import UN_LANGUAGES
from lots.draws import public_draws
from observations.publications import address_in, open_to
from reviews.audiences.enums import SharingAudience
from reviews.programme.models import Adherence, Instrument, Mechanism
from reviews.states import is_open, public_status

Value = str | int | bool | dt.date | None
_LANGUAGES = tuple(code for code, _name in UN_LANGUAGES)


@dataclass(frozen=True, slots=True)
class OpenColumn:
    """``kind`` is a type of Table Schema; ``of`` the table to whose key the value points."""

    name: str
    meaning: str
    kind: str = "string"
    of: str = ""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """``key`` are the columns by which a row is told; ``is_there`` says whether the mechanism has it at all."""

    name: str
    title: str
    key: Sequence[str]
    columns: Sequence[OpenColumn]
    rows: Callable[[Mechanism], Iterator[Sequence[Value]]]
    is_there: Callable[[Mechanism], bool] = field(default=lambda mechanism: True)


def names(thing: Any) -> list[Value]:
    """The names of a row in all languages; empty where there is none."""
    return [getattr(thing, f"name_{code.replace('-', '_')}") or "" for code in _LANGUAGES]


def _name_columns(of: str) -> list[OpenColumn]:
    return [OpenColumn(f"name_{code.replace('-', '_')}", f"name of the {of} ({code})") for code in _LANGUAGES]


def _day(moment: dt.datetime | None) -> dt.date | None:
    """As the pages name it, which tell the day where the institution is."""
    return timezone.localdate(moment, home_zone()) if moment else None


def _states(mechanism: Mechanism) -> Iterator[Sequence[Value]]:
    for state in all_states().select_related("regional_group").order_by("iso3"):
        group = state.regional_group.slug if state.regional_group else ""
        yield [state.iso3, state.iso2, *names(state), group, state.is_reio, state.is_fictional]


def _of_mechanism(mechanism: Mechanism) -> Any:
    return Instrument.objects.filter(mechanism=mechanism).select_related("supplements").order_by("order")


def _instruments(mechanism: Mechanism) -> Iterator[Sequence[Value]]:
    for each in _of_mechanism(mechanism):
        yield [each.slug, *names(each), each.in_force_on, each.supplements.slug if each.supplements else ""]


def _adherences(mechanism: Mechanism) -> Iterator[Sequence[Value]]:
    rows = Adherence.objects.filter(instrument__in=_of_mechanism(mechanism)).order_by("state_party__iso3", "instrument")
    for row in rows.select_related("state_party", "instrument"):
        yield [row.state_party.iso3, row.instrument.slug, row.kind, row.deposited_on, row.is_verified]


def _draws(mechanism: Mechanism) -> Iterator[Sequence[Value]]:
    for draw in public_draws().filter(mechanism=mechanism).order_by("announced_at", "code"):
        days = [_day(draw.announced_at), _day(draw.published_at), _day(draw.voided_at)]
        address = _in_english("lots:public-draw", mechanism.slug, draw.code)
        yield [draw.code, draw.kind, draw.phase.number, draw.is_training, *days, draw.input_sha256, address]


def _in_english(name: str, *args: str) -> str:
    """The address of a page, which leads on to each of its languages."""
    with translation.override("en"):
        return settings.SITE_URL.rstrip("/") + reverse(name, args=args)


def _texts(mechanism: Mechanism) -> Iterator[Sequence[Value]]:
    rows = open_to(AnonymousUser()).filter(audience=SharingAudience.PUBLIC, agreed_text__review__mechanism=mechanism)
    for row in rows.defer("version__document", "version__rendered").order_by("published_at"):
        text, review = row.agreed_text, row.agreed_text.review
        yield [
            *(review.code, review.state_under_review.iso3, text.instrument.slug, text.kind, text.language),
            *(row.version.number, _day(text.agreed_at), _day(row.published_at), row.version.sha256),
            *(address_in(row, language="en"), address_in(row, language="en", ending="json")),
        ]


def _status(mechanism: Mechanism) -> Iterator[Sequence[Value]]:
    for each in sorted(public_status(mechanism), key=lambda status: status.state.iso3):  # whatever the reader speaks
        for review in each.reviews:
            yield [review.code, each.state.iso3, review.phase, review.step.slug, f"{review.since:%Y-%m}"]


STATE = OpenColumn("state", "code of the State", of="states")
INSTRUMENT = OpenColumn("instrument", "short name of the instrument", of="instruments")
TABLES: Sequence[OpenTable] = (
    OpenTable(
        "states",
        "States and regional organizations",
        ["code"],
        [
            OpenColumn("code", "three letters: ISO 3166-1 alpha-3; of fictional States XAA to XZZ"),
            OpenColumn("code2", "two letters: ISO 3166-1 alpha-2; empty where there are none"),
            *_name_columns("State"),
            OpenColumn("regional_group", "short name of the regional group; empty where the State is in none"),
            OpenColumn("is_regional_organization", "whether it is an organization of States", "boolean"),
            OpenColumn("is_fictional", "whether it exists for demonstration and training only", "boolean"),
        ],
        _states,
    ),
    OpenTable(
        "instruments",
        "Instruments of the mechanism",
        ["code"],
        [
            OpenColumn("code", "short name, as in addresses"),
            *_name_columns("instrument"),
            OpenColumn("in_force_on", "day on which it entered into force", "date"),
            OpenColumn("supplements", "short name of the instrument that it supplements", of="instruments"),
        ],
        _instruments,
    ),
    OpenTable(
        "adherences",
        "Which State has joined which instrument",
        ["state", "instrument"],
        [
            STATE,
            INSTRUMENT,
            OpenColumn("act", "how the State joined: ratification, accession and others"),
            OpenColumn("deposited_on", "day of the deposit", "date"),
            OpenColumn("is_verified", "whether the day was read in a source", "boolean"),
        ],
        _adherences,
    ),
    OpenTable(
        "draws",
        "Drawings of lots, from their announcement on",
        ["code"],
        [
            OpenColumn("code", "code of the draw"),
            OpenColumn("kind", "first, next_phase, supplementary or brought_in"),
            OpenColumn("phase", "number of the phase that it is for", "integer"),
            OpenColumn("is_training", "whether it is for training only", "boolean"),
            OpenColumn("announced_on", "day of the announcement", "date"),
            OpenColumn("published_on", "day on which the result was published", "date"),
            OpenColumn("voided_on", "day on which the draw was voided", "date"),
            OpenColumn("input_sha256", "SHA-256 of the frozen input"),
            OpenColumn("page", "the page with its files"),
        ],
        _draws,
    ),
    OpenTable(
        "texts",
        "Published lists of observations and summaries",
        ["review", "instrument", "kind"],
        [
            OpenColumn("review", "code of the review"),
            STATE,
            INSTRUMENT,
            OpenColumn("kind", "list_of_observations or summary"),
            OpenColumn("language", "language of the authentic text"),
            OpenColumn("version", "number of the version that is public", "integer"),
            OpenColumn("agreed_on", "day on which the States agreed", "date"),
            OpenColumn("published_on", "day on which it was published", "date"),
            OpenColumn("sha256", "SHA-256 of the version on which the States agreed"),
            OpenColumn("page", "the page of the document"),
            OpenColumn("data", "the document as JSON"),
        ],
        _texts,
    ),
    OpenTable(
        "status",
        "Steps that reviews have reached, of the States that agree",
        ["review"],
        [
            OpenColumn("review", "code of the review"),
            STATE,
            OpenColumn("phase", "number of the phase", "integer"),
            OpenColumn("step", "short name of the step"),
            OpenColumn("since", "month in which the review reached it", "yearmonth"),
        ],
        _status,
        is_open,
    ),
)


def tables_of(mechanism: Mechanism) -> list[OpenTable]:
    """Those that the mechanism has."""
    return [table for table in TABLES if table.is_there(mechanism)]
