"""What the rows of a mechanism have to keep besides their shape: each is there once, and what they name is there."""

import datetime as dt
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from lots.algorithm import Switches
from observations.texts.enums import TextKind
from portal.mechanisms.checking.kinds import Wrong
from portal.mechanisms.checking.shapes import REVIEW_START
from reviews.programme.enums import MilestoneKind, StepKind
from reviews.programme.models import Limit

Data = Mapping[str, Any]
NEEDED_LIMITS = ("feedback_words", "summary_words", "working_languages", "working_languages_with_reason")
# What a list of observations cannot be set without (observations/wording/blueprint.py), and a summary.
_NEEDED_WORDS = {
    TextKind.LIST_OF_OBSERVATIONS: (
        "title", "note", "articles_many", "articles_heading_many", "section_introduction", "years_one", "years_many",
        "section_process", "paragraph_5", "expert", "experts_unnamed", "supplementary", "source",
        "supplementary_where", "section_list", "nothing",
    ),
    TextKind.SUMMARY: (
        "title", "note", "articles_many", "articles_heading_many", "years_one", "years_many",
        "section_implementation", "observations",
    ),
}  # fmt: skip
_WORDS_OF_NEEDS = (
    "need", "need_priority_high", "need_priority_medium", "need_priority_low", "need_received", "need_received_from",
    "need_not_received",
)  # fmt: skip
_PLACES = frozenset(
    {
        "state", "reviewing_states", "participating_states", "articles", "cluster", "phase", "instrument",
        "instrument_short", "years", "means", "tools", "experts", "numbers", "first", "last", "date", "title", "pages",
        "type", "provisions", "source",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SharedInstrument:
    """An instrument of the portal that no mechanism reviews, so that a file may name it too: as files say it.

    ``titles``: of its articles, by their numbers; ``acts``: by State, what the file of adherences says by column.
    """

    columns: Mapping[str, Any]
    titles: Mapping[int, Mapping[str, str]]
    acts: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class PortalFacts:
    """What a file meets in the portal: short names that are given away, and the States by their codes.

    ``addresses`` are words that addresses of the portal begin with, as those of a mechanism do with its short name.
    ``instruments`` says of each instrument that is there whether a mechanism reviews it.
    """

    mechanisms: Set[str] = frozenset()
    addresses: Set[str] = frozenset()
    instruments: Mapping[str, bool] = field(default_factory=dict)
    shared: Mapping[str, SharedInstrument] = field(default_factory=dict)
    questionnaires: Set[str] = frozenset()
    states: Set[str] = frozenset()


def wrong_rows(data: Data, portal: PortalFacts) -> Wrong:
    """What does not hold in ``mechanism.json``; its shape is right."""
    yield from _wrong_names(data, portal)
    yield from _wrong_shared(data, portal)
    yield from _wrong_instruments(data)
    yield from _wrong_clusters(data)
    yield from _wrong_phases(data)
    yield from _wrong_plan(data)
    for name, columns in (
        ("review_groups", ("number",)),
        ("observation_headings", ("kind",)),
        ("reminder_rules", ("audience", "days")),
        ("draw_rules", ("key",)),
        ("limits", ("key",)),
    ):
        yield from _twice(data, name, *columns)
    yield from _wrong_limits(data)
    yield from _wrong_assistance_types(data)
    for number, row in enumerate(data["draw_rules"]):
        if words := wrong_switch(row["switch"], row["default"]):
            yield f"draw_rules[{number}].switch", words


def _wrong_names(data: Data, portal: PortalFacts) -> Wrong:
    if data["slug"] in portal.mechanisms:
        yield "slug", _("a mechanism with this short name is in the portal already")
    if data["slug"] in portal.addresses:
        yield "slug", address_taken()
    for number, row in enumerate(data["instruments"]):
        if row["slug"] in portal.instruments:
            yield f"instruments[{number}].slug", _("an instrument with this short name is in the portal already")
    for number, row in enumerate(data["other_instruments"]):
        if portal.instruments.get(row["slug"]):
            yield f"other_instruments[{number}].slug", _("another mechanism of the portal reviews this instrument")


def _wrong_shared(data: Data, portal: PortalFacts) -> Wrong:
    """What the portal has, and no mechanism reviews, is not changed by a file."""
    for number, row in enumerate(data["other_instruments"]):
        if shared := portal.shared.get(row["slug"]):
            order = len(data["instruments"]) + number + 1  # as it is loaded where the file says none
            for name in differing(shared.columns, {"order": order, **row}):
                yield f"other_instruments[{number}].{name}", said_otherwise()
    for number, row in enumerate(data["articles"]):
        shared = portal.shared.get(row["instrument"])
        title = shared.titles.get(row["number"]) if shared else None
        if title and any(differing({"title": title}, row)):
            yield f"articles[{number}].title", said_otherwise()


def differing(here: Mapping[str, Any], there: Mapping[str, Any]) -> Iterator[str]:
    """The keys under which a file has something else than the portal; a language that it leaves out stays as it is."""
    for name in here.keys() & there.keys():
        value = there[name]
        if isinstance(value, Mapping):
            if any(text != (here[name].get(code) or "") for code, text in value.items()):
                yield name
        elif here[name] != value:
            yield name


def said_otherwise() -> str:
    return _("the portal has this already, and says something else: take over what it says, or leave it out")


def address_taken() -> str:
    return _("other pages of the portal have this word in their addresses: use another one")


def _wrong_instruments(data: Data) -> Wrong:
    lists = [("instruments", row) for row in data["instruments"]]
    lists += [("other_instruments", row) for row in data["other_instruments"]]
    seen: set[str] = set()
    places: Counter[str] = Counter()
    for name, row in lists:
        place = f"{name}[{places[name]}]"
        places[name] += 1
        if row["slug"] in seen:
            yield f"{place}.slug", _said_twice(row["slug"])
        if row["supplements"] is not None and row["supplements"] not in seen:
            yield f"{place}.supplements", _missing(row["supplements"], _("the instruments before it"))
        seen.add(row["slug"])
    for number, row in enumerate(data["articles"]):
        if row["instrument"] not in seen:
            yield f"articles[{number}].instrument", _missing(row["instrument"], "instruments")
    yield from _twice(data, "articles", "instrument", "number")


def _wrong_clusters(data: Data) -> Wrong:
    known = instruments_in(data)
    articles = {(row["instrument"], row["number"]) for row in data["articles"]}
    yield from _twice(data, "clusters", "number")
    yield from _twice(data, "clusters", "roman")
    for number, row in enumerate(data["clusters"]):
        place = f"clusters[{number}]"
        own = {(slug, each) for slug, numbers in row["articles"].items() for each in numbers}
        for slug, each in sorted(own - articles):
            yield f"{place}.articles.{slug}", _missing(str(each), "articles")
        for at, condition in enumerate(row["conditions"]):
            where = f"{place}.conditions[{at}]"
            if condition["unless_party_to"] not in {None, *known}:
                yield f"{where}.unless_party_to", _missing(condition["unless_party_to"], "instruments")
            for each in condition["articles"]:
                if (condition["instrument"], each) not in own:
                    yield f"{where}.articles", _missing(f"{condition['instrument']} {each}", f"{place}.articles")


def _wrong_phases(data: Data) -> Wrong:
    yield from _twice(data, "phases", "number")
    clusters = {row["number"] for row in data["clusters"]}
    groups = {row["number"] for row in data["review_groups"]}
    taken: dict[int, list[tuple[dt.date, dt.date]]] = {}
    for number, row in enumerate(data["phases"]):
        if row["cluster"] not in clusters:
            yield f"phases[{number}].cluster", _missing(str(row["cluster"]), "clusters")
        yield from _twice(row, "starts", "review_group", above=f"phases[{number}].")
        for at, start in enumerate(row["starts"]):
            place, group = f"phases[{number}].starts[{at}]", start["review_group"]
            first, last = (dt.date.fromisoformat(start[edge]) for edge in ("starts_on", "ends_on"))
            if group not in groups:
                yield f"{place}.review_group", _missing(str(group), "review_groups")
            if last < first:
                yield f"{place}.ends_on", _("this is before the first day")
            elif any(first <= end and begin <= last for begin, end in taken.setdefault(group, [])):
                yield place, _("This period overlaps another phase of the same group.")
            else:
                taken[group].append((first, last))


def _wrong_plan(data: Data) -> Wrong:
    yield from _twice(data, "steps", "slug")
    yield from _twice(data, "step_plan", "slug")
    kinds = Counter(row["kind"] for row in data["steps"])
    if data["steps"] and not 1 <= kinds[StepKind.AGREED_TEXT] <= 2:
        yield "steps", _("there is one step of the kind agreed_text, or two: lists, then summaries")
    steps = {row["slug"] for row in data["steps"]}
    seen, once = {REVIEW_START}, set[str]()
    for number, row in enumerate(data["step_plan"]):
        place = f"step_plan[{number}]"
        if row["step"] not in steps:
            yield f"{place}.step", _missing(row["step"], "steps")
        if row["counted_from"] not in seen:
            yield f"{place}.counted_from", _missing(row["counted_from"], _("the milestones before it"))
        if row["kind"] in once:
            yield f"{place}.kind", _said_twice(row["kind"])
        if row["kind"] not in {MilestoneKind.PROCESSING, MilestoneKind.OTHER}:
            once.add(row["kind"])
        seen.add(row["slug"])


def _wrong_limits(data: Data) -> Wrong:
    there = {row["key"] for row in data["limits"]}
    for name in NEEDED_LIMITS:
        if name not in there:
            yield "limits", _("the limit “%(key)s” is missing") % {"key": name}
    for number, row in enumerate(data["limits"]):
        if row["key"] in Limit.NONE_OR_ONE and row["value"] > 1:
            yield (
                f"limits[{number}].value",
                _("One reviewing State of this kind is drawn, or none: enter 1 or 0."),
            )


def _wrong_assistance_types(data: Data) -> Wrong:
    rows = {"assistance_types": data.get("assistance_types", ())}
    own = {row["slug"] for row in data["instruments"]}
    for number, row in enumerate(rows["assistance_types"]):
        if row["instrument"] not in own:
            yield f"assistance_types[{number}].instrument", _missing(row["instrument"], "instruments")
    yield from _twice(rows, "assistance_types", "instrument", "key")


def wrong_words(data: Data, *, with_needs: bool = False) -> Wrong:
    """Fixed texts that are needed and not there, and places in them that nothing fills.

    ``with_needs``: the mechanism lists types of assistance, so that a list of observations has needs to word.
    """
    needed_of = dict(_NEEDED_WORDS)
    if with_needs:
        needed_of[TextKind.LIST_OF_OBSERVATIONS] += _WORDS_OF_NEEDS
    for kind, needed in needed_of.items():
        found = data.get(kind)
        if found is None:
            continue
        for name in needed:
            if name not in found:
                yield str(kind.value), _("the key '%(key)s' is missing") % {"key": name}
        for name, row in found.items():
            for code, words in row["text"].items():
                if wrong := _wrong_places(words):
                    yield f"{kind.value}.{name}.text.{code}", wrong


def _wrong_places(words: str) -> str:
    try:
        places = {name for _text, name, _format, _conversion in string.Formatter().parse(words) if name is not None}
    except ValueError:
        return _("a brace is opened and not closed, or closed and not opened")
    unknown = places - _PLACES
    return _("nothing fills the place {%(place)s}") % {"place": sorted(unknown)[0]} if unknown else ""


def wrong_reading(entries: Iterable[Data], data: Data) -> Wrong:
    clusters, known = {row["number"] for row in data["clusters"]}, instruments_in(data)
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(entries):
        if (row["language"], row["title"]) in seen:
            yield f"[{number}].title", _said_twice(row["title"])
        seen.add((row["language"], row["title"]))
        if row.get("instrument") and row["instrument"] not in known:
            yield f"[{number}].instrument", _missing(row["instrument"], "instruments")
        if row.get("cluster") and row["cluster"] not in clusters:
            yield f"[{number}].cluster", _missing(str(row["cluster"]), "clusters")


def instruments_in(data: Data) -> set[str]:
    return {row["slug"] for row in [*data["instruments"], *data["other_instruments"]]}


def wrong_switch(switch: str, default: str) -> str:
    """What is wrong with a switch of the draw and its value to begin with; empty where nothing is."""
    try:
        Switches.parse([f"{switch}={default}"] if default else [])
    except ValueError:
        return _("the draw has no such switch, or no such value of it (docs/draw-files.md)")
    return ""


def _twice(data: Data, name: str, *columns: str, above: str = "") -> Iterator[tuple[str, str]]:
    seen: set[tuple[Any, ...]] = set()
    for number, row in enumerate(data[name]):
        values = tuple(row[column] for column in columns)
        if values in seen:
            yield f"{above}{name}[{number}].{columns[-1]}", _said_twice(", ".join(map(str, values)))
        seen.add(values)


def _said_twice(value: str) -> str:
    return _("“%(value)s” stands there twice") % {"value": value}


def _missing(value: str, where: str) -> str:
    return _("“%(value)s” is not among %(where)s") % {"value": value, "where": where}
