"""To whom parts are sent: one contributor, or a ministry, each of whose people has a row of every part, in step."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from questionnaires.responses import forget_parts_sent
from questionnaires.responses.models import Proposal, Response, SectionAssignment
from reviews.cases.models import Participation
from reviews.ministries import people_of
from reviews.ministries.models import Ministry

Part = tuple[UUID, UUID | None]  # keys of a section, and of the question that alone is sent
_SAID_NOTHING = {"said": "", "said_at": None, "word": "", "checked_by": None}
_SENT = ("due_on", "remark", "shows_official", "sent_by_id", "sent_at", "said", "said_at", "word", "checked_by_id")


@dataclass(frozen=True, slots=True)
class Recipient:
    """One contributor, or a ``ministry`` with its ``people`` of now."""

    response: Response
    people: tuple[Participation, ...]
    ministry: Ministry | None = None

    @property
    def rows(self) -> QuerySet[SectionAssignment]:
        """What was sent to it as such; of a ministry also the rows of those who take part no longer."""
        rows = SectionAssignment.objects.filter(response=self.response, ministry=self.ministry)
        return rows if self.ministry else rows.filter(participation__in=self.people)

    @property
    def facts(self) -> dict[str, str]:
        """For the record of acts."""
        return {"ministry": str(self.ministry.pk)} if self.ministry else {"participation": str(self.people[0].pk)}

    def standing(self) -> dict[Part, SectionAssignment]:
        """By part the oldest row of it, which stands for all."""
        found: dict[Part, SectionAssignment] = {}
        for row in self.rows.order_by("created_at", "pk"):
            found.setdefault((row.section_id, row.question_id), row)
        return found

    def of_parts(self, parts: Collection[Part]) -> QuerySet[SectionAssignment]:
        """All rows of these parts."""
        return self.rows.filter(pk__in=_keys(self.rows, parts))

    def had_otherwise(self, parts: Collection[Part]) -> QuerySet[SectionAssignment]:
        """Of these parts what its people have, and not as sent to it: as people of a ministry, or each alone."""
        rows = SectionAssignment.objects.filter(response=self.response, participation__in=self.people)
        rows = rows.exclude(ministry=self.ministry) if self.ministry else rows.exclude(ministry=None)
        return rows.filter(pk__in=_keys(rows, parts))

    def send_again(self, parts: Collection[Part], **sent: Any) -> None:
        """As new, so that what was said of it counts no longer."""
        self.of_parts(parts).update(**_SAID_NOTHING, **sent, updated_at=timezone.now())

    def add(self, parts: Collection[Part], **sent: Any) -> None:
        """A row for each of its people; what one of a ministry had alone is the ministry's from now on."""
        if self.ministry:
            sent = {**sent, "ministry": self.ministry}
            alone = self.had_otherwise(parts)
            alone.update(**_SAID_NOTHING, **sent, updated_at=timezone.now())
        self._create(dict.fromkeys(parts, sent))

    def spread(self) -> list[Participation]:
        """Whoever of a ministry has not all of its parts gets them as they stand; gives who got any.

        But for the check of a part to which something comes that whoever checked it has not looked at.
        """
        standing = self.standing()
        alone, now = list(self.had_otherwise(standing)), timezone.now()
        for row in alone:
            _copy(standing[row.section_id, row.question_id], row)
            row.updated_at = now  # a page that has shown it as it was says nothing of the ministry's
        SectionAssignment.objects.bulk_update(alone, ["ministry", *_SENT, "updated_at"])
        new = self._create({part: {"ministry": self.ministry, **_said(row)} for part, row in standing.items()})
        self._uncheck(alone, new)
        got = {row.participation_id for row in (*alone, *new)}
        return [each for each in self.people if each.pk in got]

    def _uncheck(self, alone: Iterable[SectionAssignment], new: Iterable[SectionAssignment]) -> None:
        """What one had alone, whose row of now may stand for all; and where who is new to it has proposed already."""
        proposed = Proposal.objects.filter(response=self.response, participation__in=self.people)
        by_section = set(proposed.values_list("participation", "question__section"))
        come = [*alone, *(row for row in new if (row.participation_id, row.section_id) in by_section)]
        self.of_parts([(row.section_id, row.question_id) for row in come]).update(checked_by=None)

    def _create(self, wanted: dict[Part, dict[str, Any]]) -> list[SectionAssignment]:
        """The rows that are not there yet, which it gives."""
        rows = SectionAssignment.objects.filter(response=self.response, participation__in=self.people)
        there = set(rows.values_list("participation", "section", "question"))
        new = [
            SectionAssignment(response=self.response, participation=each, section_id=section, question_id=only, **given)
            for each in self.people
            for (section, only), given in wanted.items()
            if (each.pk, section, only) not in there
        ]
        SectionAssignment.objects.bulk_create(new)
        forget_parts_sent()
        return new


def contributor(response: Response, participation: Participation) -> Recipient:
    return Recipient(response, (participation,))


def of_ministry(response: Response, ministry: Ministry) -> Recipient:
    return Recipient(response, tuple(people_of(ministry)), ministry)


def in_step(row: SectionAssignment) -> QuerySet[SectionAssignment]:
    """All rows of the part: that of a contributor alone, or those of a ministry's people."""
    if row.ministry_id is None:
        return SectionAssignment.objects.filter(pk=row.pk)
    rows = SectionAssignment.objects.filter(response=row.response_id, ministry=row.ministry_id)
    return rows.filter(section=row.section_id, question=row.question_id)


def _keys(rows: Iterable[SectionAssignment], parts: Collection[Part]) -> list[UUID]:
    return [row.pk for row in rows if (row.section_id, row.question_id) in parts]


def _said(row: SectionAssignment) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _SENT}


def _copy(row: SectionAssignment, to: SectionAssignment) -> None:
    to.ministry_id = row.ministry_id
    for name, value in _said(row).items():
        setattr(to, name, value)
