"""Loads one mechanism from its folder of data files (docs/mechanisms.md): everything but its questionnaires."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.states.models import StateParty
from core.files.spreadsheets import own_text
from core.language.terminology import as_lines
from lots.draws.models import DrawRule
from observations.needs.models import AssistanceType
from observations.texts.enums import TextKind
from observations.texts.models import BlueprintText, ObservationHeading
from portal.reference.memory import Loading
from portal.reference.time import evidence, load_step_plan, translated
from questionnaires.reuse.models import QuestionLink
from reviews.programme.models import (
    Adherence,
    Article,
    Cluster,
    ClusterArticle,
    Instrument,
    Limit,
    Mechanism,
    Phase,
    PhasePeriod,
    ReviewGroup,
    Step,
)
from reviews.reading.models import ReadingItem
from reviews.reminders.models import ReminderRule
from reviews.shipped import RULES, read_file
from reviews.states.models import PublicStatus

ADHERENCES, BLUEPRINTS, READING = "adherences.csv", "blueprints.json", "reading_list.json"
LINKS = "question_links.csv"

Instruments = dict[str, Instrument | None]
Clusters = dict[int, Cluster | None]


def load_mechanism(loading: Loading, folder: Path) -> tuple[Mechanism | None, Instruments]:
    """The mechanism with all that hangs on it; None, and no instruments, where a person has taken it out."""
    data = read_file(folder, RULES)
    values = {**translated("name", data["name"]), **translated("short_name", data["short_name"]), **_words(data)}
    values["symbol_shapes"] = "\n".join(data.get("symbol_shapes", ()))
    mechanism = loading.row(Mechanism, {"slug": data["slug"]}, values)
    if mechanism is None:
        return None, {}
    instruments = _load_instruments(loading, mechanism, data)
    clusters = _load_clusters(loading, mechanism, data, instruments)
    _load_rules(loading, mechanism, data, clusters)
    _load_assistance_types(loading, data.get("assistance_types", ()), instruments)
    _load_blueprints(loading, mechanism, read_file(folder, BLUEPRINTS))
    rows = read_file(folder, READING) if (folder / READING).exists() else []
    _load_reading(loading, mechanism, rows, instruments, clusters)
    _load_links(loading, mechanism, folder / LINKS)
    return mechanism, instruments


def _words(data: dict[str, Any]) -> dict[str, str]:
    """What the mechanism says for words of the portal, in the languages that the file has them in."""
    return translated("words", {code: as_lines(pairs) for code, pairs in data.get("words", {}).items()})


def load_adherences(
    loading: Loading, folder: Path, states: Mapping[str, StateParty | None], instruments: Instruments
) -> None:
    """Who has joined what, where that does not stand in the files of the States."""
    path = folder / ADHERENCES
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            act = {"deposited_on": row["deposited_on"], "kind": row["kind"], "is_verified": row["verified"] == "true"}
            if row.get("source"):
                act["source"] = own_text(row["source"])
            lookup = {"state_party": states.get(row["iso3"]), "instrument": instruments.get(row["instrument"])}
            loading.row(Adherence, lookup, act)


def _load_rules(loading: Loading, mechanism: Mechanism, data: dict[str, Any], clusters: Clusters) -> None:
    _load_programme(loading, mechanism, data, clusters)
    steps = _load_steps(loading, mechanism, data)
    _load_draw_rules(loading, mechanism, data["draw_rules"])
    _load_headings(loading, mechanism, data["observation_headings"])
    for row in data["reminder_rules"]:  # those that the secretariat has switched off stay so
        lookup = {"mechanism": mechanism, "audience": row["audience"], "days": row["days"]}
        loading.row(ReminderRule, lookup, evidence(row))
    for row in data["limits"]:
        _load_limit(loading, mechanism, row)
    loading.take_out_others(Limit, "mechanism", [mechanism])
    row = data["public_status"]
    at_first = {"is_open": row["is_open"], **evidence(row)}
    loading.row(PublicStatus, {"mechanism": mechanism}, {}, at_first=at_first)
    load_step_plan(loading, mechanism, data, steps)


def _load_reading(
    loading: Loading, mechanism: Mechanism, rows: list[dict[str, Any]], instruments: Instruments, clusters: Clusters
) -> None:
    """What helps experts to prepare themselves; what an officer has changed or withdrawn stays so."""
    for row in rows:
        lookup = {"mechanism": mechanism, "language": row["language"], "title": row["title"]}
        values = {
            **{name: row[name] for name in ("kind", "link", "order")},
            "instrument": instruments[row["instrument"]] if row.get("instrument") else None,
            "cluster": clusters[row["cluster"]] if row.get("cluster") else None,
            **evidence(row),
        }
        loading.row(ReadingItem, lookup, values)
    loading.take_out_others(ReadingItem, "mechanism", [mechanism])


def _load_links(loading: Loading, mechanism: Mechanism, path: Path) -> None:
    """Which questions may take the same answer; what an officer has linked or taken out stays so."""
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                lookup = {"mechanism": mechanism, "block": row["block"], "code": own_text(row["code"])}
                known = {"evidence_mark": row["evidence"], "evidence_note": own_text(row["evidence_note"])}
                loading.row(QuestionLink, lookup, {"method": row["method"], **known})
    loading.take_out_others(QuestionLink, "mechanism", [mechanism])


def _load_headings(loading: Loading, mechanism: Mechanism, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        values = {
            "letter": row["letter"],
            "order": row["order"],
            **evidence(row),
            **translated("name", row["name"]),
            **translated("text", row["text"]),
        }
        loading.row(ObservationHeading, {"mechanism": mechanism, "kind": row["kind"]}, values)


def _load_assistance_types(loading: Loading, rows: Iterable[dict[str, Any]], instruments: Instruments) -> None:
    """A mechanism that lists none records no needs."""
    for row in rows:
        values = {
            "order": row["order"],
            "wordings": row["wordings"],
            **translated("name", row["name"]),
            **evidence(row),
        }
        loading.row(AssistanceType, {"instrument": instruments[row["instrument"]], "key": row["key"]}, values)
    loading.take_out_others(AssistanceType, "instrument", instruments.values())


def _load_limit(loading: Loading, mechanism: Mechanism, row: dict[str, Any]) -> None:
    """A limit of the rules is what the file says; a setting of ours gets its value once, for it is there to be set."""
    lookup = {"mechanism": mechanism, "key": row["key"]}
    known = {"unit": row["unit"], "is_hard": row["strictness"] == "hard", **evidence(row)}
    value = {"value": row["value"]}
    if row.get("is_setting"):
        loading.row(Limit, lookup, known, at_first=value)
    else:
        loading.row(Limit, lookup, known | value)


def _load_instruments(loading: Loading, mechanism: Mechanism, data: dict[str, Any]) -> Instruments:
    owned: list[tuple[Mechanism | None, dict[str, Any]]] = [(mechanism, row) for row in data["instruments"]]
    owned += [(None, row) for row in data["other_instruments"]]
    instruments: Instruments = {}
    for order, (owner, row) in enumerate(owned, start=1):
        values = {
            "mechanism": owner,
            "order": row.get("order", order),
            "in_force_on": row["in_force_on"],
            "days_to_force": row["days_to_force"],
            "supplements": instruments[row["supplements"]] if row["supplements"] else None,
            **evidence(row, "force_"),
            **translated("name", row["name"]),
            **translated("short_name", row["short_name"]),
        }
        instruments[row["slug"]] = loading.row(Instrument, {"slug": row["slug"]}, values)
    return instruments


def _load_clusters(loading: Loading, mechanism: Mechanism, data: dict[str, Any], instruments: Instruments) -> Clusters:
    articles = {}
    for row in data["articles"]:
        lookup = {"instrument": instruments[row["instrument"]], "number": row["number"]}
        article = loading.row(Article, lookup, translated("title", row["title"]))
        articles[row["instrument"], row["number"]] = article
    clusters: Clusters = {}
    for row in data["clusters"]:
        values = {"roman": row["roman"], **translated("name", row["name"])}
        cluster = loading.row(Cluster, {"mechanism": mechanism, "number": row["number"]}, values)
        clusters[row["number"]] = cluster
        for instrument, numbers in row["articles"].items():
            for number in numbers:
                lookup = {"cluster": cluster, "article": articles[instrument, number]}
                loading.row(ClusterArticle, lookup, _for_whom(row, instrument, number, instruments))
    loading.take_out_others(ClusterArticle, "cluster", clusters.values())
    return clusters


def _for_whom(row: dict[str, Any], instrument: str, number: int, instruments: Instruments) -> dict[str, Any]:
    """Whoever is party to the instrument that a condition names is not reviewed on an article of the cluster.

    One that names none says only whence an article is known to be of the cluster.
    """
    for condition in row["conditions"]:
        if condition["instrument"] == instrument and number in condition["articles"]:
            outside = condition["unless_party_to"]
            return {"unless_party_to": instruments[outside] if outside else None, **evidence(condition)}
    return {"unless_party_to": None, **evidence(row)}


def _load_programme(loading: Loading, mechanism: Mechanism, data: dict[str, Any], clusters: Clusters) -> None:
    groups = {}
    for row in data["review_groups"]:
        lookup = {"mechanism": mechanism, "number": row["number"]}
        groups[row["number"]] = loading.row(ReviewGroup, lookup, evidence(row))
    for row in data["phases"]:
        values = {"cluster": clusters[row["cluster"]], **evidence(row, "cluster_")}
        phase = loading.row(Phase, {"mechanism": mechanism, "number": row["number"]}, values)
        for start in row["starts"]:
            first, last = (dt.date.fromisoformat(start[key]) for key in ("starts_on", "ends_on"))
            values = {"period": DateRange(first, last + dt.timedelta(days=1)), **evidence(row, "starts_")}
            loading.row(PhasePeriod, {"phase": phase, "review_group": groups[start["review_group"]]}, values)


def _load_steps(loading: Loading, mechanism: Mechanism, data: dict[str, Any]) -> dict[str, Step | None]:
    steps = {}
    for row in data["steps"]:
        values = {
            "kind": row["kind"],
            "owner": row["owner"],
            "order": row["order"],
            **translated("name", row["name"]),
            **translated("description", row["description"]),
        }
        steps[row["slug"]] = loading.row(Step, {"mechanism": mechanism, "slug": row["slug"]}, values)
    return steps


def _load_draw_rules(loading: Loading, mechanism: Mechanism, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        values = {
            "order": row["order"],
            "switch": row["switch"],
            "default": row["default"],
            **translated("name", row["name"]),
            **translated("text", row["text"]),
            **evidence(row),
        }
        loading.row(DrawRule, {"mechanism": mechanism, "key": row["key"]}, values)
    loading.take_out_others(DrawRule, "mechanism", [mechanism])


def _load_blueprints(loading: Loading, mechanism: Mechanism, data: dict[str, Any]) -> None:
    """A mechanism whose reviews end with lists alone has no texts for summaries."""
    for kind in TextKind:
        for key, row in data.get(kind, {}).items():
            values = {**evidence(row), **translated("text", row["text"])}
            loading.row(BlueprintText, {"mechanism": mechanism, "kind": kind, "key": key}, values)
    loading.take_out_others(BlueprintText, "mechanism", [mechanism])
