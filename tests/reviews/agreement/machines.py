"""The four things on which the States of a review agree, each asked by the State of the same group.

A machine asks, lets a State say yes or no to what it was shown, replaces what stands, and says what it has come to.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from observations.clearance.services import clear_version
from observations.texts.models import AgreedText
from observations.versions.selectors import standing_version
from reviews.cases.models import Clearance, TimeChange
from reviews.consultations.models import ConsultationConfirmation
from reviews.consultations.selectors import standing_words
from reviews.consultations.services import confirm_consultation, propose_consultation
from reviews.dates.models import TimeChangeAnswer
from reviews.dates.selectors import milestone_of
from reviews.dates.services import answer_time_change, ask_extension, withdraw_time_change
from reviews.meetings.models import MeetingAnswer, PlannedMeeting
from tests import journey
from tests.at_once import answer_meeting, change_meeting, invite_to_meeting, object_to_version, propose_version
from tests.reviews.meetings.meetings import given, in_days
from tests.utils import Cast

ASKS = "same_group_focal_point"


@dataclass
class Machine:
    scene: Cast
    shown: Any = field(default=None, init=False)

    def ask(self) -> None:
        raise NotImplementedError

    def say(self, name: str, *, agrees: bool) -> None:
        raise NotImplementedError

    def replace(self) -> None:
        """Put another thing, or nothing, in the place of what was asked about."""
        raise NotImplementedError

    def outcome(self) -> str:
        raise NotImplementedError

    def answers(self) -> int:
        raise NotImplementedError


class Consultation(Machine):
    def ask(self) -> None:
        self.shown = self._propose(ASKS, "en").number

    def _propose(self, name: str, language: str) -> Any:
        return propose_consultation(actor=self.scene.people[name], review=self.scene.review, languages=[language])

    def say(self, name: str, *, agrees: bool) -> None:
        assert agrees, "whoever does not agree proposes otherwise"
        confirm_consultation(actor=self.scene.people[name], review=self.scene.review, number=self.shown)

    def replace(self) -> None:
        self._propose(ASKS, "fr")

    def outcome(self) -> str:
        return "agreed" if standing_words(self.scene.review).is_agreed else "open"

    def answers(self) -> int:
        return ConsultationConfirmation.objects.count()


class Time(Machine):
    def ask(self) -> None:
        milestone = milestone_of(self.scene.review, "dialogue_held")
        until = milestone.due_on + dt.timedelta(days=30)
        self.shown = ask_extension(
            actor=self.scene.people[ASKS], review=self.scene.review, milestone=milestone, until=until, reason="A law."
        )

    def say(self, name: str, *, agrees: bool) -> None:
        answer_time_change(actor=self.scene.people[name], change=self.shown, agrees=agrees)

    def replace(self) -> None:
        withdraw_time_change(actor=self.scene.people[ASKS], change=self.shown)

    def outcome(self) -> str:
        return {"asked": "open", "declined": "refused"}.get(status := TimeChange.objects.get().status, status)

    def answers(self) -> int:
        return TimeChangeAnswer.objects.count()


class Meeting(Machine):
    meeting: PlannedMeeting

    def ask(self) -> None:
        actor = self.scene.people[ASKS]
        self.meeting = invite_to_meeting(actor=actor, review=self.scene.review, given=given())
        self.shown = self.meeting.revision

    def say(self, name: str, *, agrees: bool) -> None:
        actor = self.scene.people[name]
        answer_meeting(actor=actor, meeting=self.meeting, revision=self.shown, agrees=agrees, note="A word.")

    def replace(self) -> None:
        actor, another = self.scene.people[ASKS], given(day=in_days(20))
        change_meeting(actor=actor, meeting=self.meeting, revision=self.shown, given=another)

    def outcome(self) -> str:
        status = PlannedMeeting.objects.get().status
        return {"invited": "open", "not_agreed": "refused"}.get(status, status)

    def answers(self) -> int:
        return MeetingAnswer.objects.filter(revision=PlannedMeeting.objects.get().revision).count()


class Text(Machine):
    text: AgreedText

    def ask(self) -> None:
        journey.write_lists(self.scene.review)
        self._propose()
        self.shown = standing_version(self.text).sha256

    def _propose(self) -> None:
        self.text = AgreedText.objects.get(review=self.scene.review, instrument__slug="untoc")
        propose_version(actor=self.scene.people[ASKS], text=self.text)

    def say(self, name: str, *, agrees: bool) -> None:
        act, more = (clear_version, {}) if agrees else (object_to_version, {"reason": "A word."})
        act(actor=self.scene.people[name], text=self.text, sha256=self.shown, **more)

    def replace(self) -> None:
        journey.write_lists(self.scene.review)
        self._propose()

    def outcome(self) -> str:
        status = AgreedText.objects.get(pk=self.text.pk).status
        return {"proposed": "open", "drafting": "refused"}.get(status, status)

    def answers(self) -> int:
        version = standing_version(self.text)
        return Clearance.objects.filter(document_id=self.text.pk, version=version.number).count()
