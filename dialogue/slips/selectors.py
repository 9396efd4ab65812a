"""The slips of the reader's own State; nobody else finds one."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from accounts.people.models import User
from dialogue.desk import QuestionPlace
from dialogue.slips.enums import SlipMark
from dialogue.slips.models import DeskSlip, SlipReading
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant, Side
from reviews.cases.models import Review


@dataclass(frozen=True, slots=True)
class SlipReader:
    """Who has read the answer at a place, and when."""

    key: UUID
    name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class SlipAt:
    """A slip with who has read; ``row`` is None where the State keeps nothing at the place yet."""

    row: DeskSlip | None = None
    readers: Sequence[SlipReader] = ()

    def read_by(self, user: User) -> dt.datetime | None:
        return next((each.at for each in self.readers if each.key == user.pk), None)

    @property
    def ask_by(self) -> User | None:
        return self.row.ask_by if self.row else None

    @property
    def observe_by(self) -> User | None:
        return self.row.observe_by if self.row else None

    def set_marks(self, user: User) -> list[SlipMark]:
        """Those that the person finds set."""
        found = {SlipMark.READ: self.read_by(user), SlipMark.ASK: self.ask_by, SlipMark.OBSERVE: self.observe_by}
        return [mark for mark in SlipMark if found[mark]]


def reads_slips(user: User, review: Review) -> bool:
    """Whether somebody reads in the room of a reviewing State."""
    capacity = capacity_of(user, review)
    return capacity is not None and capacity.side == Side.REVIEWING and capacity.has(Grant.READ)


def own_slips(user: User, review: Review) -> QuerySet[DeskSlip]:
    """Of the own State alone, whoever shares its room."""
    capacity = capacity_of(user, review)
    if capacity is None or not reads_slips(user, review):
        return DeskSlip.objects.none()
    return DeskSlip.objects.filter(review=review, room=capacity.state_party_id)


def slips_on_desk(user: User, review: Review, instrument: str) -> dict[QuestionPlace, SlipAt]:
    """By place of an instrument; one query, and none for those who read in no room of a reviewing State."""
    if not reads_slips(user, review):
        return {}
    rows = own_slips(user, review).filter(instrument__slug=instrument)
    rows = rows.select_related("article", "saved_by", "ask_by", "observe_by").annotate(read_by=_readers())
    return {_place(row, instrument): SlipAt(row, _read(row.read_by)) for row in rows}


def slip_at(user: User, review: Review, place: QuestionPlace) -> SlipAt:
    return slips_on_desk(user, review, place.instrument).get(place, SlipAt())


def _readers() -> ArraySubquery:
    readings = SlipReading.objects.filter(slip=OuterRef("pk")).order_by("read_at")
    facts = JSONObject(key=F("user_id"), name=F("user__full_name"), at=F("read_at"))
    return ArraySubquery(readings.values(facts=facts))


def _read(rows: Iterable[Mapping[str, str]]) -> list[SlipReader]:
    found = []
    for row in rows:
        at = parse_datetime(row["at"])
        assert at is not None  # noqa: S101 - the database has written it
        found.append(SlipReader(UUID(row["key"]), row["name"], at))
    return found


def _place(row: DeskSlip, instrument: str) -> QuestionPlace:
    return QuestionPlace(instrument, row.question_code, row.article.number if row.article else None)
