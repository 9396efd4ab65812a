"""Reviews that ended before there was a portal: their course and one list each, brought in by two officers.

With them the lists of enough States are there for the general review to say something (docs/adr/0044, 0050, 0072).
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from accounts.states.models import StateParty
from portal.demo.plan import Person, read
from portal.demo.teams import ACTOR
from reviews.bringing import bring_in, lay_before, prepare_file, way_of
from reviews.bringing.enums import BroughtKind
from reviews.cases.enums import ReviewingBasis
from reviews.cases.models import Review
from reviews.opening import Reviewer, open_review
from reviews.programme import steps_of
from reviews.programme.models import Instrument, Phase

_STARTED_WEEKS_AGO = 150
_WEEKS_OF_A_STEP = 20


def bring_in_from_elsewhere(phase: Phase, states: Mapping[str, StateParty], users: Mapping[Person, User]) -> list[str]:
    """Open these reviews and bring in what was agreed in them, as far as they are not there; give their codes."""
    there = set(Review.objects.filter(phase=phase).values_list("state_under_review__iso3", flat=True))
    data = read("elsewhere.json")
    planned = [row for row in data["reviews"] if row["state"] not in there]
    if not planned:
        return []
    officers = _Officers(phase, users)
    reviews = [_opened(row, phase, states, officers.first) for row in planned]
    officers.bring(BroughtKind.COURSE, {"rows": [_course(review) for review in reviews]})
    instrument = Instrument.objects.get(mechanism=phase.mechanism, slug=data["instrument"])
    passages = [*_passages(data)]
    for place, review in enumerate(reviews):
        agreed_on = (review.starts_on + dt.timedelta(weeks=5 * _WEEKS_OF_A_STEP)).isoformat()
        content = {"language": "en", "agreed_on": agreed_on, "passages": passages[: len(passages) - place]}
        officers.bring(BroughtKind.LIST, content, review=review, instrument=instrument)
    return [review.code for review in reviews]


class _Officers:
    """One brings a file in, another one confirms it."""

    def __init__(self, phase: Phase, users: Mapping[Person, User]) -> None:
        by_role = {person.role: user for person, user in users.items() if not person.state}
        self.phase = phase
        self.first, self.second = by_role[SecretariatRole.OFFICER], by_role[SecretariatRole.ADMINISTRATOR]

    def bring(self, kind: BroughtKind, content: dict[str, Any], **about: Any) -> None:
        file = prepare_file(
            actor=self.first,
            mechanism=self.phase.mechanism,
            kind=kind,
            file_name=f"{kind}.md",
            uploaded=json.dumps([content, str(about.get("review", ""))]).encode(),
            content=content,
            **about,
        )
        seen = way_of(file).seen_of(file)
        lay_before(actor=self.first, file=file, seen=seen)
        bring_in(actor=self.second, file=file, seen=seen)


def _opened(row: Mapping[str, str], phase: Phase, states: Mapping[str, StateParty], officer: User) -> Review:
    return open_review(
        actor=ACTOR,
        phase=phase,
        state_under_review=states[row["state"]],
        reviewers=[
            Reviewer(states[row["same_group"]], ReviewingBasis.SAME_GROUP),
            Reviewer(states[row["other_group"]], ReviewingBasis.OTHER_GROUP),
        ],
        starts_on=timezone.localdate() - dt.timedelta(weeks=_STARTED_WEEKS_AGO),
        officer=officer,
    )


def _course(review: Review) -> dict[str, Any]:
    """A row as a spreadsheet has it: closed, with a day for each step."""
    steps = [step.slug for step in steps_of(review.mechanism).order_by("order")]
    days = {
        slug: (review.starts_on + dt.timedelta(weeks=place * _WEEKS_OF_A_STEP)).isoformat()
        for place, slug in enumerate(steps[1:], start=1)
    }
    return {
        "line": 2,
        "cell": review.code,
        "review": review.code,
        "opened_on": review.starts_on.isoformat(),
        "step": steps[-1],
        "reached": days,
        "milestones": {},
        "languages": ["en"],
    }


def _passages(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The short words of the bank on some articles; of the last ones each further State leaves out one more."""
    rows = [(kind, row) for kind, rows in read("observations_en.json")[data["instrument"]].items() for row in rows]
    for number, (kind, row) in enumerate(rows, start=1):
        if "{" not in row["short"] and set(data["articles"]) & set(row["articles"]):
            yield {
                "line": number,
                "cell": row["short"][:60],
                "section": "",
                "heading": kind,
                "articles": row["articles"],
                "text": row["short"],
                "number": 0,
                "grounds": [],
            }
