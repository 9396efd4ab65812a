"""Loads the reference data about time: the step plan, the holidays, where States are; and what all loaders share."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import StateParty
from core import audit
from core.policy import SystemActor
from core.time_zones import weekend_of_territory, zone_of_territory
from reviews.models import Holiday, Mechanism, Step, StepPlan, StepPlanVersion

_ACTOR = SystemActor("load_reference")


def translated(field: str, texts: dict[str, str]) -> dict[str, str]:
    """The columns of a translated field ("zh" of the files is Simplified Chinese)."""
    suffixes = {"zh": "zh_hans"}
    return {f"{field}_{suffixes.get(code, code)}": text for code, text in texts.items()}


def evidence(row: dict[str, Any], prefix: str = "") -> dict[str, str]:
    return {"evidence_mark": row[f"{prefix}evidence"], "evidence_note": row[f"{prefix}evidence_note"]}


def load_step_plan(mechanism: Mechanism, data: dict[str, Any]) -> None:
    """Publish the plan of the file as the next version, unless a version has ever said the same.

    What the secretariat has published since stays the newest. Running reviews keep the version they run by.
    """
    rows, given = [_columns(row) for row in data["step_plan"]], data["step_plan_version"]
    versions = mechanism.plan_versions.order_by("-number")
    if any(_content(version, rows) == (given["day_rule"], rows) for version in versions.exclude(published_at=None)):
        return
    newest = versions.first()
    version = StepPlanVersion.objects.create(
        mechanism=mechanism,
        number=newest.number + 1 if newest else 1,
        day_rule=given["day_rule"],
        note=given["note"],
        **evidence(given),
    )
    steps = {step.slug: step for step in Step.objects.filter(mechanism=mechanism)}
    milestones: dict[str, StepPlan] = {}
    for row in rows:
        slug, step, counted_from = row["slug"], steps[row["step"]], milestones.get(row["counted_from"])
        columns = {**row, "step": step, "counted_from": counted_from}
        milestones[slug] = StepPlan.objects.create(version=version, **columns)
    version.published_at = timezone.now()
    version.save(update_fields=["published_at", "updated_at"])
    if newest:
        audit.record(_ACTOR, "reviews.plan.published", version, after={"number": version.number})


def load_holidays(mechanism: Mechanism, rows: list[dict[str, Any]]) -> None:
    """Add the days of the file; those that are there stay as they are, since the secretariat may have verified them."""
    for row in rows:
        defaults = {**translated("name", row["name"]), **evidence(row)}
        Holiday.objects.get_or_create(mechanism=mechanism, day=dt.date.fromisoformat(row["day"]), defaults=defaults)


def load_places(rows: list[dict[str, Any]]) -> None:
    """Give each State its time zone and its weekend where it has none yet: by CLDR, or as the file says.

    What was set by hand stays. Fictional States without a row stay where the portal is.
    """
    given = {row["iso3"]: row for row in rows}
    changed = []
    for state in StateParty.objects.filter(time_zone=""):
        row, code = given.get(state.iso3, {}), "" if state.is_fictional else state.iso2
        state.time_zone = row.get("time_zone") or zone_of_territory(code)
        if state.time_zone:
            state.weekend = row.get("weekend") or list(weekend_of_territory(code))
            changed.append(state)
    StateParty.objects.bulk_update(changed, ["time_zone", "weekend"])


def _columns(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the file under the names of the columns; steps and milestones by their short names."""
    same = {name: row[name] for name in ("slug", "step", "order", "amount", "unit", "counted_from", "clock_stops")}
    return {**same, "owed_by": row["owner"], **translated("name", row["milestone"]), **evidence(row)}


def _content(version: StepPlanVersion, rows: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """What a version says, in the same form as the rows of the file."""
    names = list(rows[0]) if rows else []
    links = {"step": "step__slug", "counted_from": "counted_from__slug"}
    columns = [links.get(name, name) for name in names]
    stored = version.milestones.order_by("order").values_list(*columns)
    return version.day_rule, [
        {name: value if value is not None else "review_start" for name, value in zip(names, values, strict=True)}
        for values in stored
    ]
