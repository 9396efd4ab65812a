"""Loads the reference data about time: the step plan, the holidays, where States are; and what all loaders share."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from modeltranslation.utils import build_localized_fieldname

from accounts.states.models import StateParty
from core import audit
from core.language.i18n import code_out_of_files
from core.policy import SystemActor
from core.time.time_zones import weekend_of_territory, zone_of_territory
from portal.reference.memory import Loading, RowDifference
from reviews.programme.models import Holiday, Mechanism, Step, StepPlan, StepPlanVersion

_ACTOR = SystemActor("load_reference")


def translated(field: str, texts: dict[str, str]) -> dict[str, str]:
    """The columns of a translated field."""
    return {build_localized_fieldname(field, code_out_of_files(code)): text for code, text in texts.items()}


def evidence(row: dict[str, Any], prefix: str = "") -> dict[str, str]:
    return {"evidence_mark": row[f"{prefix}evidence"], "evidence_note": row[f"{prefix}evidence_note"]}


def load_step_plan(
    loading: Loading, mechanism: Mechanism, data: dict[str, Any], steps: Mapping[str, Step | None]
) -> None:
    """Publish the plan of the file as the next version, unless a version has ever said the same.

    Where a person published the newest version it stays the newest. Running reviews keep the version they run by.
    """
    given = data["step_plan_version"]
    known = {slug: step.pk for slug, step in steps.items() if step}
    rows = [_columns(row, known.get(row["step"])) for row in data["step_plan"]]
    versions = mechanism.plan_versions.order_by("-number")
    published = list(versions.exclude(published_at=None))
    if any(_content(version, rows) == (given["day_rule"], rows) for version in published):
        return
    if published and (published[0].published_by_id or len(known) < len(steps)):
        loading.differences.append(RowDifference("Step plan", "that of the files is another, and is not published"))
        return
    newest = versions.first()
    version = StepPlanVersion.objects.create(
        mechanism=mechanism,
        number=newest.number + 1 if newest else 1,
        day_rule=given["day_rule"],
        note=given["note"],
        **evidence(given),
    )
    milestones: dict[str, StepPlan] = {}
    for row in rows:
        columns = {**row, "counted_from": milestones.get(row["counted_from"])}
        columns["step_id"] = columns.pop("step")
        milestones[row["slug"]] = StepPlan.objects.create(version=version, **columns)
    version.published_at = timezone.now()
    version.save(update_fields=["published_at", "updated_at"])
    if newest:
        audit.record(_ACTOR, "reviews.plan.published", version, after={"number": version.number})


def load_holidays(loading: Loading, mechanism: Mechanism, rows: list[dict[str, Any]]) -> None:
    """Add the days of the file; those that are there stay as they are, since the secretariat may have verified them."""
    for row in rows:
        lookup = {"mechanism": mechanism, "day": dt.date.fromisoformat(row["day"])}
        loading.row(Holiday, lookup, {}, at_first={**translated("name", row["name"]), **evidence(row)})


def load_places(loading: Loading, rows: list[dict[str, Any]]) -> None:
    """Give each State that is new its time zone and its weekend where it has none: by CLDR, or as the file says.

    What was set by hand since stays. Fictional States without a row stay where the portal is.
    """
    given = {row["iso3"]: row for row in rows}
    changed = []
    for state in StateParty.objects.filter(time_zone="", pk__in=loading.seen_first):
        row, code = given.get(state.iso3, {}), "" if state.is_fictional else state.iso2
        state.time_zone = row.get("time_zone") or zone_of_territory(code)
        if state.time_zone:
            state.weekend = row.get("weekend") or list(weekend_of_territory(code))
            changed.append(state)
    StateParty.objects.bulk_update(changed, ["time_zone", "weekend"])


def _columns(row: dict[str, Any], step: UUID | None) -> dict[str, Any]:
    """A row of the file under the names of the columns; milestones by their short names."""
    same = {name: row[name] for name in ("slug", "kind", "order", "amount", "unit", "counted_from", "clock_stops")}
    return {**same, "step": step, "owed_by": row["owner"], **translated("name", row["milestone"]), **evidence(row)}


def _content(version: StepPlanVersion, rows: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """What a version says, in the same form as the rows of the file."""
    names = list(rows[0]) if rows else []
    links = {"counted_from": "counted_from__slug"}
    columns = [links.get(name, name) for name in names]
    stored = version.milestones.order_by("order").values_list(*columns)
    return version.day_rule, [
        {name: value if value is not None else "review_start" for name, value in zip(names, values, strict=True)}
        for values in stored
    ]
