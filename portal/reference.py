"""Loads the reference data of ``fixtures/reference`` and the questionnaires; doing it again changes nothing twice."""

import csv
import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import AccountRule, ConfidentialityTerms, RegionalGroup, StateParty
from core.policy import SystemActor
from lots.models import DrawRule
from portal.reference_time import evidence, load_holidays, load_places, load_step_plan, translated
from questionnaires.services.versions import import_official_versions
from reviews.enums import TextKind
from reviews.models import (
    Adherence,
    Article,
    BlueprintText,
    Cluster,
    ClusterArticle,
    Instrument,
    Limit,
    Mechanism,
    ObservationHeading,
    Phase,
    PhasePeriod,
    PublicStatus,
    ReminderRule,
    ReviewGroup,
    Step,
    StepPlan,
)

ACTOR = SystemActor("load_reference")
_INSTRUMENTS_WITH_DATES = ("untoc", "tip", "som", "firearms", "uncac")


def load_all() -> dict[str, int]:
    """Load everything in one transaction; give how many rows of each kind there are afterwards."""
    with transaction.atomic():
        _load_regional_groups(_read("regional_groups.json"))
        mechanism = _load_mechanism(_read("mechanism.json"))
        _load_blueprints(mechanism, _read("blueprints.json"))
        load_step_plan(mechanism, _read("mechanism.json"))
        load_holidays(mechanism, _read("holidays.json"))
        _load_states()
        _load_fictional_states(_read("fictional_states.json"))
        load_places(_read("time_zones.json"))
        _load_accounts(_read("accounts.json"))
        import_official_versions(ACTOR, mechanism.slug)
    models = (StateParty, Adherence, Instrument, Article, Cluster, Phase, Step, StepPlan)
    return {str(model._meta.verbose_name_plural): model.objects.count() for model in models}


def _read(name: str) -> Any:
    return json.loads((settings.FIXTURES_DIR / "reference" / name).read_text(encoding="utf-8"))


def _load_regional_groups(rows: list[dict[str, Any]]) -> None:
    for order, row in enumerate(rows):
        RegionalGroup.objects.update_or_create(
            slug=row["slug"], defaults={"order": order, **translated("name", row["name"])}
        )


def _load_mechanism(data: dict[str, Any]) -> Mechanism:
    mechanism, _is_new = Mechanism.objects.update_or_create(
        slug=data["slug"],
        defaults={**translated("name", data["name"]), **translated("short_name", data["short_name"])},
    )
    _load_instruments(mechanism, data)
    _load_clusters(mechanism, data)
    _load_programme(mechanism, data)
    _load_steps(mechanism, data)
    _load_draw_rules(mechanism, data["draw_rules"])
    _load_reminder_rules(mechanism, data["reminder_rules"])
    for row in data["observation_headings"]:
        ObservationHeading.objects.update_or_create(
            mechanism=mechanism,
            kind=row["kind"],
            defaults={
                "letter": row["letter"],
                "order": row["order"],
                "evidence_mark": row["evidence"],
                "evidence_note": row["source"],
                **translated("name", row["name"]),
                **translated("text", row["text"]),
            },
        )
    for row in data["limits"]:
        _load_limit(mechanism, row)
    row = data["public_status"]  # what the secretariat has decided since stays
    PublicStatus.objects.get_or_create(mechanism=mechanism, defaults={"is_open": row["is_open"], **evidence(row)})
    return mechanism


def _load_limit(mechanism: Mechanism, row: dict[str, Any]) -> None:
    """A limit of the rules is what the file says; a setting of ours keeps the value that the secretariat gave it."""
    known = {"unit": row["unit"], "is_hard": row["strictness"] == "hard", **evidence(row)}
    value = {"value": row["value"]}
    Limit.objects.update_or_create(
        mechanism=mechanism,
        key=row["key"],
        defaults=known if row.get("is_setting") else known | value,
        create_defaults=known | value,
    )


def _load_instruments(mechanism: Mechanism, data: dict[str, Any]) -> None:
    owned: list[tuple[Mechanism | None, dict[str, Any]]] = [(mechanism, row) for row in data["instruments"]]
    owned += [(None, row) for row in data["other_instruments"]]
    for order, (owner, row) in enumerate(owned, start=1):
        Instrument.objects.update_or_create(
            slug=row["slug"],
            defaults={
                "mechanism": owner,
                "order": order,
                "in_force_on": row["in_force_on"],
                "days_to_force": row["days_to_force"],
                "supplements": Instrument.objects.get(slug=row["supplements"]) if row["supplements"] else None,
                **evidence(row, "force_"),
                **translated("name", row["name"]),
                **translated("short_name", row["short_name"]),
            },
        )
    instruments = {instrument.slug: instrument for instrument in Instrument.objects.all()}
    for row in data["articles"]:
        Article.objects.update_or_create(
            instrument=instruments[row["instrument"]],
            number=row["number"],
            defaults=translated("title", row["title"]),
        )


def _load_clusters(mechanism: Mechanism, data: dict[str, Any]) -> None:
    for row in data["clusters"]:
        cluster, _is_new = Cluster.objects.update_or_create(
            mechanism=mechanism,
            number=row["number"],
            defaults={"roman": row["roman"], **translated("name", row["name"])},
        )
        kept = [_load_cluster_article(cluster, row, article).pk for article in _articles_of(row)]
        cluster.rows.exclude(pk__in=kept).delete()


def _articles_of(row: dict[str, Any]) -> list[Article]:
    return [
        Article.objects.get(instrument__slug=instrument, number=number)
        for instrument, numbers in row["articles"].items()
        for number in numbers
    ]


def _load_cluster_article(cluster: Cluster, row: dict[str, Any], article: Article) -> ClusterArticle:
    """An article of the cluster; who is party to the instrument that a condition names is not reviewed on it."""
    known = {"unless_party_to": None, "evidence_mark": row["evidence"], "evidence_note": row["source"]}
    for condition in row["conditions"]:
        if condition["instrument"] == article.instrument.slug and article.number in condition["articles"]:
            outside = Instrument.objects.get(slug=condition["unless_party_to"])
            known = {"unless_party_to": outside, **evidence(condition)}
    loaded, _is_new = ClusterArticle.objects.update_or_create(cluster=cluster, article=article, defaults=known)
    return loaded


def _load_programme(mechanism: Mechanism, data: dict[str, Any]) -> None:
    groups = {}
    for row in data["review_groups"]:
        groups[row["number"]], _is_new = ReviewGroup.objects.update_or_create(
            mechanism=mechanism, number=row["number"], defaults=evidence(row)
        )
    for row in data["phases"]:
        phase, _is_new = Phase.objects.update_or_create(
            mechanism=mechanism,
            number=row["number"],
            defaults={
                "cluster": Cluster.objects.get(mechanism=mechanism, number=row["cluster"]),
                **evidence(row, "cluster_"),
            },
        )
        for start in row["starts"]:
            first, last = (dt.date.fromisoformat(start[key]) for key in ("starts_on", "ends_on"))
            PhasePeriod.objects.update_or_create(
                phase=phase,
                review_group=groups[start["review_group"]],
                defaults={"period": DateRange(first, last + dt.timedelta(days=1)), **evidence(row, "starts_")},
            )


def _load_reminder_rules(mechanism: Mechanism, rows: list[dict[str, Any]]) -> None:
    """Rules that the secretariat has switched off stay so."""
    for row in rows:
        ReminderRule.objects.update_or_create(
            mechanism=mechanism, audience=row["audience"], days=row["days"], defaults=evidence(row)
        )


def _load_steps(mechanism: Mechanism, data: dict[str, Any]) -> None:
    for row in data["steps"]:
        Step.objects.update_or_create(
            mechanism=mechanism,
            slug=row["slug"],
            defaults={
                "kind": row["kind"],
                "owner": row["owner"],
                "order": row["order"],
                **translated("name", row["name"]),
                **translated("description", row["description"]),
            },
        )


def _load_draw_rules(mechanism: Mechanism, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        DrawRule.objects.update_or_create(
            mechanism=mechanism,
            key=row["key"],
            defaults={
                "order": row["order"],
                "switch": row["switch"],
                "default": row["default"],
                **translated("name", row["name"]),
                **translated("text", row["text"]),
                **evidence(row),
            },
        )
    DrawRule.objects.filter(mechanism=mechanism).exclude(key__in=[row["key"] for row in rows]).delete()


def _load_blueprints(mechanism: Mechanism, data: dict[str, Any]) -> None:
    for kind in TextKind:
        for key, row in data[kind].items():
            BlueprintText.objects.update_or_create(
                mechanism=mechanism,
                kind=kind,
                key=key,
                defaults={**evidence(row), **translated("text", row["text"])},
            )
        BlueprintText.objects.filter(mechanism=mechanism, kind=kind).exclude(key__in=data[kind]).delete()


def _load_states() -> None:
    groups = {group.name_en: group for group in RegionalGroup.objects.all()}  # type: ignore[attr-defined]
    path = settings.FIXTURES_DIR / "reference" / "states_parties.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            verified = set(row["verified"].split(";"))
            state, _is_new = StateParty.objects.update_or_create(
                iso3=row["iso3"],
                defaults={
                    "iso2": row["iso2"],
                    "regional_group": groups.get(row["regional_group"]),
                    "legal_system": row["legal_system"],
                    "un_language": _language_code(row["un_language"]),
                    "is_reio": row["is_reio"] == "true",
                    **translated("name", {code: row[f"name_{code}"] for code in ("ar", "en", "es", "fr", "ru", "zh")}),
                },
            )
            adherences = {
                slug: (row[f"{slug}_date"], row[f"{slug}_action"], slug in verified)
                for slug in _INSTRUMENTS_WITH_DATES
                if row[f"{slug}_date"]
            }
            _load_adherences(state, adherences)


def _load_fictional_states(rows: list[dict[str, Any]]) -> None:
    groups = {group.slug: group for group in RegionalGroup.objects.all()}
    for row in rows:
        state, _is_new = StateParty.objects.update_or_create(
            iso3=row["iso3"],
            defaults={
                "iso2": row["iso2"],
                "regional_group": groups.get(row["regional_group"]),
                "legal_system": row["legal_system"],
                "un_language": _language_code(row["un_language"]),
                "is_fictional": True,
                **translated("name", row["name"]),
            },
        )
        adherences = {slug: (act["deposited_on"], act["kind"], True) for slug, act in row["adherences"].items() if act}
        _load_adherences(state, adherences)


def _load_accounts(data: dict[str, Any]) -> None:
    """Rules and terms that are there stay as they are: the secretariat may have changed them."""
    for row in data["rules"]:
        AccountRule.objects.get_or_create(
            key=row["key"], defaults={name: row[name] for name in ("value", "unit", "source")}
        )
    for row in data["terms"]:
        ConfidentialityTerms.objects.get_or_create(
            number=row["number"], defaults={"valid_from": row["valid_from"], **translated("text", row["text"])}
        )


def _language_code(code: str) -> str:
    return {"zh": "zh-hans"}.get(code, code)


def _load_adherences(state: StateParty, adherences: dict[str, tuple[str, str, bool]]) -> None:
    instruments = {instrument.slug: instrument for instrument in Instrument.objects.all()}
    for slug, (deposited_on, kind, is_verified) in adherences.items():
        Adherence.objects.update_or_create(
            state_party=state,
            instrument=instruments[slug],
            defaults={"deposited_on": deposited_on, "kind": kind, "is_verified": is_verified},
        )
    state.adherences.exclude(instrument__slug__in=adherences).delete()
