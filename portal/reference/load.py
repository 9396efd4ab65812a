"""Loads the reference data of ``fixtures/reference`` and the questionnaires; doing it again changes nothing twice.

What a person has changed, added or taken out since stays, and is told (``portal.reference.memory``).
"""

import csv
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.people.models import AccountRule
from accounts.states.models import RegionalGroup, StateParty
from accounts.terms.models import ConfidentialityTerms
from core.errors import ServiceError
from core.policy import SystemActor
from lots.draws.models import DrawRule
from observations.texts.enums import TextKind
from observations.texts.models import BlueprintText, ObservationHeading
from portal.reference.memory import Loading, RowDifference
from portal.reference.time import evidence, load_holidays, load_places, load_step_plan, translated
from questionnaires.definitions import import_official_versions
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
    StepPlan,
)
from reviews.reminders.models import ReminderRule
from reviews.states.models import PublicStatus

ACTOR = SystemActor("load_reference")
_INSTRUMENTS_WITH_DATES = ("untoc", "tip", "som", "firearms", "uncac")

Groups = dict[str, RegionalGroup | None]
Instruments = dict[str, Instrument | None]


@dataclass(frozen=True)
class Loaded:
    """How many rows of each kind there are after loading, and what the files would have otherwise."""

    counts: dict[str, int]
    differences: list[RowDifference]


def load_all() -> Loaded:
    """Load everything in one transaction."""
    with transaction.atomic():
        loading = Loading()
        groups = _load_regional_groups(loading, _read("regional_groups.json"))
        data = _read("mechanism.json")
        instruments = {}
        if mechanism := _load_mechanism(loading, data):
            instruments = _load_rules(loading, mechanism, data)
        _load_states(loading, groups, instruments)
        _load_fictional_states(loading, groups, instruments, _read("fictional_states.json"))
        if mechanism:
            loading.take_out_others(Adherence)
        load_places(loading, _read("time_zones.json"))
        _load_accounts(loading, _read("accounts.json"))
        if mechanism:
            _load_questionnaires(loading, mechanism)
        loading.end()
    models = (StateParty, Adherence, Instrument, Article, Cluster, Phase, Step, StepPlan)
    counts = {str(model._meta.verbose_name_plural): model.objects.count() for model in models}
    return Loaded(counts, loading.differences)


def _read(name: str) -> Any:
    return json.loads((settings.FIXTURES_DIR / "reference" / name).read_text(encoding="utf-8"))


def _load_regional_groups(loading: Loading, rows: list[dict[str, Any]]) -> Groups:
    """The groups by their short name, and by the English name that the list of States has."""
    groups: Groups = {}
    for order, row in enumerate(rows):
        values = {"order": order, **translated("name", row["name"])}
        group = loading.row(RegionalGroup, {"slug": row["slug"]}, values)
        groups |= {row["slug"]: group, row["name"]["en"]: group}
    return groups


def _load_mechanism(loading: Loading, data: dict[str, Any]) -> Mechanism | None:
    values = {**translated("name", data["name"]), **translated("short_name", data["short_name"])}
    return loading.row(Mechanism, {"slug": data["slug"]}, values)


def _load_rules(loading: Loading, mechanism: Mechanism, data: dict[str, Any]) -> Instruments:
    """Everything that hangs on the mechanism but its questionnaires; gives the instruments."""
    instruments = _load_instruments(loading, mechanism, data)
    clusters = _load_clusters(loading, mechanism, data, instruments)
    _load_programme(loading, mechanism, data, clusters)
    steps = _load_steps(loading, mechanism, data)
    _load_draw_rules(loading, mechanism, data["draw_rules"])
    _load_headings(loading, mechanism, data["observation_headings"])
    for row in data["reminder_rules"]:  # those that the secretariat has switched off stay so
        lookup = {"mechanism": mechanism, "audience": row["audience"], "days": row["days"]}
        loading.row(ReminderRule, lookup, evidence(row))
    for row in data["limits"]:
        _load_limit(loading, mechanism, row)
    row = data["public_status"]
    at_first = {"is_open": row["is_open"], **evidence(row)}
    loading.row(PublicStatus, {"mechanism": mechanism}, {}, at_first=at_first)
    _load_blueprints(loading, mechanism, _read("blueprints.json"))
    load_step_plan(loading, mechanism, data, steps)
    load_holidays(loading, mechanism, _read("holidays.json"))
    return instruments


def _load_headings(loading: Loading, mechanism: Mechanism, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        values = {
            "letter": row["letter"],
            "order": row["order"],
            "evidence_mark": row["evidence"],
            "evidence_note": row["source"],
            **translated("name", row["name"]),
            **translated("text", row["text"]),
        }
        loading.row(ObservationHeading, {"mechanism": mechanism, "kind": row["kind"]}, values)


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
            "order": order,
            "in_force_on": row["in_force_on"],
            "days_to_force": row["days_to_force"],
            "supplements": instruments[row["supplements"]] if row["supplements"] else None,
            **evidence(row, "force_"),
            **translated("name", row["name"]),
            **translated("short_name", row["short_name"]),
        }
        instruments[row["slug"]] = loading.row(Instrument, {"slug": row["slug"]}, values)
    return instruments


def _load_clusters(
    loading: Loading, mechanism: Mechanism, data: dict[str, Any], instruments: Instruments
) -> dict[int, Cluster | None]:
    articles = {}
    for row in data["articles"]:
        lookup = {"instrument": instruments[row["instrument"]], "number": row["number"]}
        article = loading.row(Article, lookup, translated("title", row["title"]))
        articles[row["instrument"], row["number"]] = article
    clusters = {}
    for row in data["clusters"]:
        values = {"roman": row["roman"], **translated("name", row["name"])}
        cluster = loading.row(Cluster, {"mechanism": mechanism, "number": row["number"]}, values)
        clusters[row["number"]] = cluster
        for instrument, numbers in row["articles"].items():
            for number in numbers:
                lookup = {"cluster": cluster, "article": articles[instrument, number]}
                loading.row(ClusterArticle, lookup, _for_whom(row, instrument, number, instruments))
    loading.take_out_others(ClusterArticle)
    return clusters


def _for_whom(row: dict[str, Any], instrument: str, number: int, instruments: Instruments) -> dict[str, Any]:
    """Whoever is party to the instrument that a condition names is not reviewed on an article of the cluster."""
    for condition in row["conditions"]:
        if condition["instrument"] == instrument and number in condition["articles"]:
            return {"unless_party_to": instruments[condition["unless_party_to"]], **evidence(condition)}
    return {"unless_party_to": None, "evidence_mark": row["evidence"], "evidence_note": row["source"]}


def _load_programme(
    loading: Loading, mechanism: Mechanism, data: dict[str, Any], clusters: dict[int, Cluster | None]
) -> None:
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
    loading.take_out_others(DrawRule)


def _load_blueprints(loading: Loading, mechanism: Mechanism, data: dict[str, Any]) -> None:
    for kind in TextKind:
        for key, row in data[kind].items():
            values = {**evidence(row), **translated("text", row["text"])}
            loading.row(BlueprintText, {"mechanism": mechanism, "kind": kind, "key": key}, values)
    loading.take_out_others(BlueprintText)


def _load_states(loading: Loading, groups: Groups, instruments: Instruments) -> None:
    path = settings.FIXTURES_DIR / "reference" / "states_parties.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            verified = set(row["verified"].split(";"))
            values = {
                "iso2": row["iso2"],
                "regional_group": groups.get(row["regional_group"]),
                "legal_system": row["legal_system"],
                "un_language": _language_code(row["un_language"]),
                "is_reio": row["is_reio"] == "true",
                **translated("name", {code: row[f"name_{code}"] for code in ("ar", "en", "es", "fr", "ru", "zh")}),
            }
            state = loading.row(StateParty, {"iso3": row["iso3"]}, values)
            for slug in _INSTRUMENTS_WITH_DATES:
                if deposited_on := row[f"{slug}_date"]:
                    act = {"deposited_on": deposited_on, "kind": row[f"{slug}_action"], "is_verified": slug in verified}
                    loading.row(Adherence, {"state_party": state, "instrument": instruments.get(slug)}, act)


def _load_fictional_states(
    loading: Loading, groups: Groups, instruments: Instruments, rows: list[dict[str, Any]]
) -> None:
    for row in rows:
        values = {
            "iso2": row["iso2"],
            "regional_group": groups.get(row["regional_group"]),
            "legal_system": row["legal_system"],
            "un_language": _language_code(row["un_language"]),
            "is_fictional": True,
            **translated("name", row["name"]),
        }
        state = loading.row(StateParty, {"iso3": row["iso3"]}, values)
        for slug, act in row["adherences"].items():
            if act:
                values = {"deposited_on": act["deposited_on"], "kind": act["kind"], "is_verified": True}
                loading.row(Adherence, {"state_party": state, "instrument": instruments.get(slug)}, values)


def _load_accounts(loading: Loading, data: dict[str, Any]) -> None:
    """Rules and terms get their first words here. A rule that is gone comes back: without it nobody could sign in."""
    for row in data["rules"]:
        AccountRule.objects.get_or_create(
            key=row["key"], defaults={name: row[name] for name in ("value", "unit", "source")}
        )
    for row in data["terms"]:
        at_first = {"valid_from": row["valid_from"], **translated("text", row["text"])}
        loading.row(ConfidentialityTerms, {"number": row["number"]}, {}, at_first=at_first)


def _load_questionnaires(loading: Loading, mechanism: Mechanism) -> None:
    """Publish what is new. Where it does not fit a programme that a person changed, that is told, and stays."""
    try:
        import_official_versions(ACTOR, mechanism.slug)
    except (ServiceError, ObjectDoesNotExist) as error:
        if not loading.differences:
            raise
        loading.differences.append(RowDifference("Questionnaires", f"not loaded. {error}"))


def _language_code(code: str) -> str:
    return {"zh": "zh-hans"}.get(code, code)
