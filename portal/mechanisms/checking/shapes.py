"""The shape of each file of a mechanism's folder: its keys, and what stands under each (docs/mechanisms.md)."""

from core.language.i18n import UN_LANGUAGES
from observations.texts.enums import ObservationKind, TextKind
from portal.mechanisms.checking.kinds import (
    LANGUAGES,
    Kind,
    by_key,
    day,
    flag,
    link,
    nothing_or,
    one_of,
    row,
    rows,
    slug,
    symbol_shapes,
    text,
    texts,
    whole,
    words,
)
from reviews.programme.enums import DayRule, DurationUnit, EvidenceMark, MilestoneKind, StepKind, StepOwner
from reviews.reading.enums import ReadingKind
from reviews.reminders.enums import ReminderAudience
from reviews.reminders.models import FURTHEST_DAYS

REVIEW_START = "review_start"
_LONG, _NOTE = 10_000, 4_000
_MARK, _WHENCE = one_of(EvidenceMark.values), text(_NOTE, is_empty=True)
_EVIDENCE: dict[str, Kind] = {"evidence": _MARK, "evidence_note": _WHENCE}


def _known_by(prefix: str) -> dict[str, Kind]:
    return {f"{prefix}{name}": kind for name, kind in _EVIDENCE.items()}


_NUMBERS = rows(whole(1))
_INSTRUMENT = row(
    {
        "slug": slug,
        "name": texts(400),
        "short_name": texts(120),
        "in_force_on": nothing_or(day),
        "days_to_force": whole(),
        "supplements": nothing_or(slug),
        **_known_by("force_"),
    },
    {"order": whole()},
)
_CLUSTER = row(
    {
        "number": whole(1),
        "roman": text(8),
        "name": texts(200),
        "articles": by_key(_NUMBERS),
        "conditions": rows(
            row({"instrument": slug, "articles": _NUMBERS, "unless_party_to": nothing_or(slug), **_EVIDENCE})
        ),
        **_EVIDENCE,
    }
)
_PHASE = row(
    {
        "number": whole(1),
        "cluster": whole(1),
        "starts": rows(row({"review_group": whole(1), "starts_on": day, "ends_on": day})),
        **_known_by("starts_"),
        **_known_by("cluster_"),
    }
)
_STEP = row(
    {
        "slug": slug,
        "kind": one_of(StepKind.values),
        "order": whole(),
        "owner": one_of(StepOwner.values),
        "name": texts(100),
        "description": texts(_LONG, is_empty=True),
    }
)
_MILESTONE = row(
    {
        "slug": slug,
        "kind": one_of(MilestoneKind.values),
        "order": whole(),
        "step": slug,
        "milestone": texts(200),
        "amount": whole(),
        "unit": one_of(DurationUnit.values),
        "counted_from": slug,
        "owner": one_of(StepOwner.values),
        "clock_stops": flag,
        **_EVIDENCE,
    }
)
_HEADING = row(
    {
        "kind": one_of(ObservationKind.values),
        "letter": text(4),
        "order": whole(),
        "name": texts(100),
        "text": texts(300),
        **_EVIDENCE,
    }
)
_ASSISTANCE_TYPE = row(
    {
        "instrument": slug,
        "key": slug,
        "order": whole(),
        "name": texts(300),
        "wordings": rows(text(400)),
        **_EVIDENCE,
    }
)
_LIMIT = row(
    {
        "key": slug,
        "value": whole(0, 2_147_483_647),
        "unit": text(20),
        "strictness": one_of(["hard", "soft"]),
        **_EVIDENCE,
    },
    {"is_setting": flag},
)
_DRAW_RULE = row(
    {
        "key": slug,
        "order": whole(),
        "name": texts(200),
        "text": texts(_LONG),
        "switch": text(30, is_empty=True),
        "default": text(100, is_empty=True),
        **_EVIDENCE,
    }
)
MECHANISM = row(
    {
        "slug": slug,
        "name": texts(300),
        "short_name": texts(100),
        "instruments": rows(_INSTRUMENT),
        "other_instruments": rows(_INSTRUMENT),
        "articles": rows(row({"instrument": slug, "number": whole(1), "title": texts(300)})),
        "clusters": rows(_CLUSTER),
        "review_groups": rows(row({"number": whole(1), **_EVIDENCE})),
        "phases": rows(_PHASE),
        "steps": rows(_STEP),
        "step_plan_version": row({"day_rule": one_of(DayRule.values), "note": text(_LONG, is_empty=True), **_EVIDENCE}),
        "step_plan": rows(_MILESTONE),
        "observation_headings": rows(_HEADING),
        "public_status": row({"is_open": flag, **_EVIDENCE}),
        "reminder_rules": rows(
            row(
                {
                    "audience": one_of(ReminderAudience.values),
                    "days": whole(-FURTHEST_DAYS, FURTHEST_DAYS),
                    **_EVIDENCE,
                }
            )
        ),
        "limits": rows(_LIMIT),
        "draw_rules": rows(_DRAW_RULE),
    },
    {
        "words": row({}, dict.fromkeys(LANGUAGES, words)),
        "symbol_shapes": symbol_shapes,
        "assistance_types": rows(_ASSISTANCE_TYPE),
    },
)
_FIXED_TEXTS = by_key(row({"text": texts(_LONG), **_EVIDENCE}))
BLUEPRINTS = row({TextKind.LIST_OF_OBSERVATIONS: _FIXED_TEXTS}, {TextKind.SUMMARY: _FIXED_TEXTS})
READING = rows(
    row(
        {
            "kind": one_of(ReadingKind.values),
            "title": text(300),
            "language": one_of([code for code, _name in UN_LANGUAGES]),
            "link": link,
            "order": whole(),
            "evidence": one_of([*EvidenceMark.values, ""]),
            "evidence_note": _WHENCE,
        },
        {"instrument": nothing_or(slug), "cluster": nothing_or(whole(1))},
    )
)
