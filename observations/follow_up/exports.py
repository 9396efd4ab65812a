"""A State's items for its own trackers: CSV for people, JSON for programs. The fields: docs/follow-up.md."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _, pgettext

from core.files.spreadsheets import safe_row
from observations.needs import as_inputs, as_kept, kept_words
from observations.texts.models import Observation
from reviews.cases.models import Review

FORMAT = 1  # raised when a field goes or means something else; fields may come


def facts_of(item: Observation, audiences: Mapping[UUID, str]) -> dict[str, Any]:
    """What is exported of one item; empty where nothing is recorded."""
    row = getattr(item, "follow_up", None)
    return {
        "id": str(item.pk),
        "instrument": item.agreed_text.instrument.slug,
        "articles": [article.number for article in item.articles.all()],
        "heading": item.heading.kind,
        "observation": str(item.text),
        "language": item.language,
        "status": row.status if row else "",
        "action": str(row.action) if row else "",
        "body": row.body if row else "",
        "due_on": row.due_on.isoformat() if row and row.due_on else "",
        "reason": row.reason if row else "",
        "revision": row.revision if row else 0,
        "recorded_at": row.updated_at.isoformat() if row else "",
        "shared_with": audiences.get(item.pk, ""),
        "needs": as_kept(as_inputs(item.needs.all())),
    }


def follow_up_as_json(review: Review, items: Iterable[Observation], audiences: Mapping[UUID, str]) -> bytes:
    """Keys are English and stay; what is not recorded is an empty text."""
    data = {
        "format": FORMAT,
        "mechanism": review.mechanism.slug,
        "review": review.code,
        "state": review.state_under_review.iso3,
        "items": [facts_of(item, audiences) for item in items],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def follow_up_as_csv(items: Iterable[Observation], audiences: Mapping[UUID, str], labels: Mapping[str, str]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it; heads in the active language, days as in ISO 8601.

    ``labels``: of audiences, by value.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(safe_row(_heads()))
    for item in items:
        facts, row = facts_of(item, audiences), getattr(item, "follow_up", None)
        facts["articles"] = ", ".join(map(str, facts["articles"]))
        facts["instrument"], facts["heading"] = item.agreed_text.instrument.short_name, item.heading.name
        names = {need.type.key: need.type.name for need in item.needs.all()}
        facts["needs"] = kept_words(facts["needs"], names)
        facts["status"] = str(row.get_status_display()) if row else ""
        facts["shared_with"] = labels.get(facts["shared_with"], "")
        writer.writerow(safe_row(facts.values()))
    return out.getvalue().encode("utf-8-sig")


def _heads() -> list[str]:
    return [
        _("Identifier"),
        _("Instrument"),
        _("Articles"),
        _("Heading"),
        _("Observation"),
        _("Language"),
        _("Status"),
        _("Action"),
        _("Body"),
        pgettext("follow-up", "By when"),
        _("Why it is not pursued"),
        _("Revision"),
        pgettext("follow-up", "Recorded at"),
        pgettext("follow-up", "Shared with"),
        _("Technical assistance needs"),
    ]
