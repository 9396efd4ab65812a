"""A mechanism of the portal as the files of a folder (docs/mechanisms.md), and the archive of these; the same rows are
the same bytes.
"""

import csv
import datetime as dt
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from modeltranslation.utils import build_localized_fieldname

from core.files.spreadsheets import safe_row
from core.language.i18n import code_out_of_files
from core.language.terminology import pairs_in
from lots.draws.models import DrawRule
from observations.needs.models import AssistanceType
from observations.texts.models import BlueprintText, ObservationHeading
from portal.mechanisms.checking.archive import ADHERENCES, BLUEPRINTS, LINKS, READING, RULES
from portal.mechanisms.checking.kinds import LANGUAGES
from portal.mechanisms.checking.links import COLUMNS as LINK_COLUMNS
from portal.mechanisms.checking.rules import SharedInstrument
from portal.mechanisms.checking.shapes import REVIEW_START
from portal.mechanisms.shipped import as_text
from questionnaires.definitions import index_of, published_versions
from questionnaires.files import as_json
from questionnaires.reuse.models import QuestionLink
from reviews.programme.models import (
    Adherence,
    Article,
    Cluster,
    ClusterArticle,
    Instrument,
    Mechanism,
    PhasePeriod,
    StepPlan,
)
from reviews.reading.models import ReadingItem
from reviews.reminders.models import ReminderRule
from reviews.states.models import PublicStatus

Row = dict[str, Any]
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file in an archive: when it was made is nothing that it says


def files_of_mechanism(mechanism: Mechanism) -> Mapping[str, str]:
    """Everything that a mechanism is written with, in order. Holidays, and what is the portal's, are no part of it."""
    instruments = list(mechanism.instruments.order_by("order", "slug"))
    clusters = list(mechanism.clusters.order_by("number"))
    rows = list(
        ClusterArticle.objects.filter(cluster__in=clusters)
        .select_related("article__instrument", "unless_party_to")
        .order_by("cluster__number", "article__instrument__order", "article__number")
    )
    others = _others(instruments, rows)
    rules = {
        "slug": mechanism.slug,
        "name": _texts(mechanism, "name"),
        "short_name": _texts(mechanism, "short_name"),
        "instruments": [_instrument(each) for each in instruments],
        "other_instruments": [_instrument(each) for each in others],
        "articles": _articles([*instruments, *others]),
        "clusters": [_cluster(each, [row for row in rows if row.cluster_id == each.pk]) for each in clusters],
        "review_groups": [
            {"number": each.number, **_evidence(each)} for each in mechanism.review_groups.order_by("number")
        ],
        "phases": _phases(mechanism),
        **_steps_and_plan(mechanism),
        **_rules(mechanism),
        **_words(mechanism),
        **({"symbol_shapes": shapes} if (shapes := mechanism.symbol_shapes.split()) else {}),
    }
    files = {RULES: as_text(rules), BLUEPRINTS: as_text(_blueprints(mechanism))}
    if reading := _reading(mechanism):
        files[READING] = as_text(reading)
    if links := _links(mechanism):
        files[LINKS] = links
    files[ADHERENCES] = _adherences([*instruments, *others])
    for version in published_versions().filter(questionnaire__mechanism=mechanism):
        definition = index_of(version.pk).definition
        number = version.questionnaire.cluster.number
        files[f"questionnaires/cluster-{number}.json"] = as_json(definition)
    return dict(sorted(files.items()))


def archive_of(mechanism: Mechanism) -> bytes:
    """The folder as a ZIP file, by its short name."""
    return zipped_folder(mechanism.slug, files_of_mechanism(mechanism))


def zipped_folder(slug: str, files: Mapping[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(f"{slug}/{name}", date_time=_MOMENT)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, text)
    return content.getvalue()


def _others(instruments: list[Instrument], rows: Iterable[ClusterArticle]) -> list[Instrument]:
    """Those that are not reviewed, but rows of the mechanism name them; one after those that it rests on."""
    named = [row.unless_party_to for row in rows] + [each.supplements for each in instruments]
    found: dict[str, Instrument] = {}
    while named:
        each = named.pop()
        if each is not None and each not in instruments and each.slug not in found:
            found[each.slug] = each
            named.append(each.supplements)
    return sorted(found.values(), key=lambda each: (each.order, each.slug))


def _instrument(row: Instrument) -> Row:
    return {
        "slug": row.slug,
        "order": row.order,
        "name": _texts(row, "name"),
        "short_name": _texts(row, "short_name"),
        "in_force_on": _day(row.in_force_on),
        "days_to_force": row.days_to_force,
        "supplements": row.supplements.slug if row.supplements else None,
        **_evidence(row, "force_"),
    }


def _articles(instruments: list[Instrument]) -> list[Row]:
    rows = Article.objects.filter(instrument__in=instruments).select_related("instrument")
    ordered = rows.order_by("instrument__order", "instrument__slug", "number")
    return [{"instrument": row.instrument.slug, "number": row.number, "title": _texts(row, "title")} for row in ordered]


def _cluster(cluster: Cluster, rows: list[ClusterArticle]) -> Row:
    """What most of its articles rest on is that of the cluster; a condition says what others do, and for whom."""
    articles: dict[str, list[int]] = {}
    for row in rows:
        articles.setdefault(row.article.instrument.slug, []).append(row.article.number)
    usual = Counter((row.evidence_mark, row.evidence_note) for row in rows if row.unless_party_to is None)
    mark, note = max(usual, key=lambda each: (usual[each], each), default=("I", ""))
    conditions: dict[tuple[str, str | None, str, str], list[int]] = {}
    for row in rows:
        outside = row.unless_party_to.slug if row.unless_party_to else None
        if outside or (row.evidence_mark, row.evidence_note) != (mark, note):
            place = (row.article.instrument.slug, outside, row.evidence_mark, row.evidence_note)
            conditions.setdefault(place, []).append(row.article.number)
    return {
        "number": cluster.number,
        "roman": cluster.roman,
        "name": _texts(cluster, "name"),
        "articles": articles,
        "conditions": [
            {
                "instrument": slug,
                "articles": numbers,
                "unless_party_to": outside,
                "evidence": of_mark,
                "evidence_note": of_note,
            }
            for (slug, outside, of_mark, of_note), numbers in conditions.items()
        ],
        "evidence": mark,
        "evidence_note": note,
    }


def _phases(mechanism: Mechanism) -> list[Row]:
    """The dates of a phase rest on one thing in a file; where they rest on several, all of it is in the note."""
    periods: dict[Any, list[PhasePeriod]] = {}
    for row in PhasePeriod.objects.filter(phase__mechanism=mechanism).select_related("review_group"):
        periods.setdefault(row.phase_id, []).append(row)
    phases = []
    for phase in mechanism.phases.select_related("cluster").order_by("number"):
        own = sorted(periods.get(phase.pk, []), key=lambda row: row.review_group.number)
        starts = [
            {
                "review_group": row.review_group.number,
                "starts_on": _day(row.period.lower),
                "ends_on": _day(row.period.upper - dt.timedelta(days=1)),
            }
            for row in own
        ]
        marks = [row.evidence_mark for row in own]
        notes = dict.fromkeys(row.evidence_note for row in own if row.evidence_note)
        known = {"starts_evidence": max(marks, default="I"), "starts_evidence_note": "\n".join(notes)}
        if len(set(marks)) == 1:
            known["starts_evidence"] = marks[0]
        cluster = phase.cluster.number
        phases.append(
            {"number": phase.number, "cluster": cluster, "starts": starts, **known, **_evidence(phase, "cluster_")}
        )
    return phases


def _steps_and_plan(mechanism: Mechanism) -> Row:
    """The newest plan that is for every phase; a plan of one phase has no place in a file."""
    steps = [
        {
            "slug": row.slug,
            "kind": row.kind,
            "order": row.order,
            "owner": row.owner,
            "name": _texts(row, "name"),
            "description": _texts(row, "description"),
        }
        for row in mechanism.steps.order_by("order", "slug")
    ]
    version = mechanism.plan_versions.filter(phase=None).exclude(published_at=None).order_by("-number").first()
    if version is None:
        head: Row = {"day_rule": "keep", "note": "", "evidence": "I", "evidence_note": ""}
        return {"steps": steps, "step_plan_version": head, "step_plan": []}
    milestones = version.milestones.select_related("step", "counted_from")
    return {
        "steps": steps,
        "step_plan_version": {"day_rule": version.day_rule, "note": version.note, **_evidence(version)},
        "step_plan": [_milestone(row) for row in _after_those_before(milestones.order_by("order", "slug"))],
    }


def _milestone(row: StepPlan) -> Row:
    return {
        "slug": row.slug,
        "kind": row.kind,
        "order": row.order,
        "step": row.step.slug,
        "milestone": _texts(row, "name"),
        "amount": row.amount,
        "unit": row.unit,
        "counted_from": row.counted_from.slug if row.counted_from else REVIEW_START,
        "owner": row.owed_by,
        "clock_stops": row.clock_stops,
        **_evidence(row),
    }


def _after_those_before(rows: Iterable[StepPlan]) -> list[StepPlan]:
    """In their order, but each after the milestone that it is counted from."""
    left, placed = list(rows), list[StepPlan]()
    while left:
        known = {row.pk for row in placed}
        row = next((each for each in left if each.counted_from_id is None or each.counted_from_id in known), left[0])
        left.remove(row)
        placed.append(row)
    return placed


def _rules(mechanism: Mechanism) -> Row:
    status = PublicStatus.objects.filter(mechanism=mechanism).first()
    public = {"is_open": status.is_open, **_evidence(status)} if status else None
    return {
        "observation_headings": [
            {
                "letter": row.letter,
                "kind": row.kind,
                "order": row.order,
                "name": _texts(row, "name"),
                "text": _texts(row, "text"),
                **_evidence(row),
            }
            for row in ObservationHeading.objects.filter(mechanism=mechanism).order_by("order", "kind")
        ],
        **_assistance_types(mechanism),
        "public_status": public or {"is_open": False, "evidence": "I", "evidence_note": ""},
        "reminder_rules": [
            {"audience": row.audience, "days": row.days, **_evidence(row)}
            for row in ReminderRule.objects.filter(mechanism=mechanism).order_by("audience", "days")
        ],
        "limits": [
            {
                "key": row.key,
                "value": row.value,
                "unit": row.unit,
                "strictness": "hard" if row.is_hard else "soft",
                **_evidence(row),
            }
            for row in mechanism.limits.order_by("key")
        ],
        "draw_rules": [
            {
                "key": row.key,
                "order": row.order,
                "switch": row.switch,
                "default": row.default,
                "name": _texts(row, "name"),
                "text": _texts(row, "text"),
                **_evidence(row),
            }
            for row in DrawRule.objects.filter(mechanism=mechanism).order_by("order", "key")
        ],
    }


def _assistance_types(mechanism: Mechanism) -> Row:
    """Left out where there are none."""
    types = AssistanceType.objects.filter(instrument__mechanism=mechanism).select_related("instrument")
    rows = [
        {"instrument": row.instrument.slug, "key": row.key, "order": row.order, "name": _texts(row, "name")}
        | {"wordings": row.wordings, **_evidence(row)}
        for row in types.order_by("instrument__order", "order", "key")
    ]
    return {"assistance_types": rows} if rows else {}


def _blueprints(mechanism: Mechanism) -> Row:
    found: Row = {"list_of_observations": {}}
    for row in BlueprintText.objects.filter(mechanism=mechanism).order_by("kind", "key"):
        found.setdefault(row.kind, {})[row.key] = {"text": _texts(row, "text"), **_evidence(row)}
    return found


def _reading(mechanism: Mechanism) -> list[Row]:
    rows = ReadingItem.objects.filter(mechanism=mechanism, withdrawn_at=None).select_related("instrument", "cluster")
    return [
        {
            "kind": row.kind,
            "title": row.title,
            "language": row.language,
            "link": row.link,
            "order": row.order,
            **({"instrument": row.instrument.slug} if row.instrument else {}),
            **({"cluster": row.cluster.number} if row.cluster else {}),
            **_evidence(row),
        }
        for row in rows.order_by("order", "language", "title")
    ]


def _links(mechanism: Mechanism) -> str:
    """Questions that may take the same answer; empty where there are none."""
    rows = QuestionLink.objects.filter(mechanism=mechanism).values_list(
        "block", "code", "method", "evidence_mark", "evidence_note"
    )
    return _table(LINK_COLUMNS, sorted(rows)) if rows else ""


def _adherences(instruments: list[Instrument]) -> str:
    columns = ("iso3", "instrument", "deposited_on", "kind", "verified", "source")
    return _table(columns, [tuple(act.values()) for act in _acts(instruments)])


def _table(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(safe_row(row) for row in rows)
    return text.getvalue()


def _acts(instruments: list[Instrument]) -> list[dict[str, str]]:
    rows = Adherence.objects.filter(instrument__in=instruments).select_related("state_party", "instrument")
    return [
        {
            "iso3": row.state_party.iso3,
            "instrument": row.instrument.slug,
            "deposited_on": row.deposited_on.isoformat(),
            "kind": row.kind,
            "verified": "true" if row.is_verified else "false",
            "source": row.source,
        }
        for row in rows.order_by("instrument__order", "instrument__slug", "state_party__iso3")
    ]


def shared_instruments() -> dict[str, SharedInstrument]:
    """Those that no mechanism reviews, as a file would say them; in a constant number of queries."""
    shared = list(Instrument.objects.filter(mechanism=None).select_related("supplements"))
    titles: dict[str, dict[int, dict[str, str]]] = {}
    for article in _articles(shared):
        titles.setdefault(article["instrument"], {})[article["number"]] = article["title"]
    acts: dict[str, dict[str, dict[str, str]]] = {}
    for act in _acts(shared):
        acts.setdefault(act["instrument"], {})[act["iso3"]] = act
    return {
        each.slug: SharedInstrument(_instrument(each), titles.get(each.slug, {}), acts.get(each.slug, {}))
        for each in shared
    }


def _texts(row: Any, column: str) -> dict[str, str]:
    """The languages in which there is a text; English always, which is shown where there is no other."""
    said = {code: getattr(row, build_localized_fieldname(column, code_out_of_files(code))) or "" for code in LANGUAGES}
    return {code: text for code, text in said.items() if text or code == "en"}


def _words(mechanism: Mechanism) -> Row:
    """What it says for words of the portal; nothing where it has none."""
    said = {code: pairs_in(lines) for code, lines in _texts(mechanism, "words").items()}
    words = {code: pairs for code, pairs in said.items() if pairs}
    return {"words": words} if words else {}


def _evidence(row: Any, prefix: str = "") -> dict[str, str]:
    return {f"{prefix}evidence": row.evidence_mark, f"{prefix}evidence_note": row.evidence_note}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
