"""The handover page: what the State of a participant has in hand in one review."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.language.i18n import isolated
from core.templatetags.components import date_words
from dialogue.exchange import PAGE_OF
from dialogue.exchange.models import ClarificationRequest, FeedbackReply
from dialogue.joint import author_words
from dialogue.threads import matters_of
from dialogue.threads.models import DialogueMessage
from observations.suggestions.models import Suggestion
from observations.texts.models import Observation
from observations.translations.models import TranslationOrder
from portal.overview import OWNERS_OF_SIDE, NextAct, next_act_for
from portal.work.in_hand import AwaitedActs, Touched, Unsent, last_saved_by, predecessors_of, unsent_of, waiting_on
from questionnaires.definitions import index_of
from questionnaires.progress import ResponseOverview, answers_last_saved_by, overview_for
from questionnaires.responses import get_response_for, response_status_of
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Response
from reviews.capacities import Capacity
from reviews.cases.enums import Side
from reviews.cases.models import Participation, Review, ReviewMilestone
from reviews.due import reviews_with_share_done, timeline_of
from reviews.minutes.models import MeetingNotes
from reviews.participation import participants_visible_to

LOOKING_BACK = dt.timedelta(days=30)  # what the one before saved in so many days before he or she left
LED_THERE_FOR = dt.timedelta(days=30)  # the dashboard leads whoever has taken over to the page for so long
CHANGES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One thing on the page, with the way to it."""

    label: str
    url: str
    at: dt.datetime | None = None


class Handover:
    """What one participant finds; ``capacity`` is his or hers. A constant number of queries."""

    def __init__(self, user: User, review: Review, capacity: Capacity) -> None:
        self.user, self.review, self.capacity = user, review, capacity
        self.address = [review.mechanism.slug, review.code]

    @cached_property
    def people(self) -> list[Participation]:
        """All who take part for the State, the reader included."""
        return list(participants_visible_to(self.user, self.review).filter(state_party=self.capacity.state_party_id))

    @cached_property
    def own(self) -> Participation:
        return next(row for row in self.people if row.pk == self.capacity.participation_id)

    @property
    def team(self) -> list[Participation]:
        return [row for row in self.people if row != self.own]

    @cached_property
    def predecessor(self) -> Participation | None:
        return predecessors_of([self.own]).get(self.own.pk)

    @cached_property
    def response(self) -> Response | None:
        """The self-assessment as long as it lies in the room of the State."""
        if self.capacity.side != Side.UNDER_REVIEW:
            return None
        if response_status_of(self.review) is None:
            return None
        response = get_response_for(self.user, self.review)
        return response if response.status != ResponseStatus.SENT else None

    @cached_property
    def answers(self) -> ResponseOverview | None:
        return overview_for(self.user, self.response) if self.response else None

    @cached_property
    def unsent(self) -> Unsent:
        return unsent_of(self.user, self.review, self.capacity)

    @cached_property
    def waiting(self) -> AwaitedActs:
        return waiting_on(self.user, self.review, self.capacity)

    @cached_property
    def act(self) -> NextAct:
        return next_act_for(
            self.review,
            role=self.capacity.role,
            side=self.capacity.side,
            is_response_open=response_status_of(self.review) is not None,
            is_done=self.review.pk in reviews_with_share_done([self.own]),
        )

    @cached_property
    def milestones(self) -> list[ReviewMilestone]:
        """What the side of the reader still owes, from the step on at which the review is."""
        owners, here = OWNERS_OF_SIDE[self.capacity.side], self.review.step.order
        return [
            row
            for row in timeline_of(self.review)
            if row.reached_on is None and row.plan.owed_by in owners and row.plan.step.order >= here
        ]

    @cached_property
    def drafts(self) -> list[HandoverLine]:
        """What the State has written and not sent, but for the answers to the questionnaire."""
        return [
            *self._feedback(),
            *map(self._reply, self.unsent.replies),
            *self._requests(),
            *self._messages(),
            *self._supplements(),
            *map(self._notes, self.unsent.notes),
            *self._texts(),
            *map(self._order, self.unsent.orders),
        ]

    def _feedback(self) -> Iterator[HandoverLine]:
        feedback = self.unsent.feedback
        if feedback is not None:
            label = _("Written feedback, comments: %(number)d") % {"number": self.unsent.comments}
            yield HandoverLine(
                label, self._url("dialogue:feedback-detail", feedback.state_party.iso3), feedback.updated_at
            )

    def _requests(self) -> Iterator[HandoverLine]:
        for request in self.unsent.requests:
            yield self._request(request)
        for answer in self.unsent.answers:
            label = _("Answer to the request for clarification on %(code)s") % {"code": answer.request.about}
            yield HandoverLine(label, self._thread(answer.request), answer.updated_at)

    def _messages(self) -> Iterator[HandoverLine]:
        """Each by what its thread is about, and where that stands."""
        rows = self.unsent.messages
        matters = matters_of(self.user, self.review, {(row.first.subject, row.first.matter) for row in rows})
        for row in rows:
            first, url = row.first, self._url("dialogue:thread", row.first.pk)
            facts = {"matter": matters[first.subject, first.matter].title, "stands": _stand_of(row)}
            label = _("Message of the dialogue: %(matter)s (%(stands)s)") % facts
            yield HandoverLine(label, f"{url}#message-{row.pk}", row.updated_at)

    def _supplements(self) -> Iterator[HandoverLine]:
        for supplement in self.unsent.supplements:
            label = _("Supplementary information: %(title)s") % {"title": supplement.title}
            yield HandoverLine(label, self._url("dialogue:supplement-edit", supplement.pk), supplement.updated_at)

    def _texts(self) -> Iterator[HandoverLine]:
        for observation in self.unsent.observations:
            yield HandoverLine(_of(observation), self._observation(observation), observation.updated_at)
        for text in self.unsent.summaries:
            facts: dict[str, Any] = {"instrument": text.instrument, "number": text.passage_count}  # type: ignore[attr-defined]
            label = _("Summary, %(instrument)s; passages: %(number)d") % facts
            yield HandoverLine(
                label, self._url("observations:text-detail", text.instrument.slug, text.kind), text.updated_at
            )
        yield from map(self._suggestion, self.unsent.suggestions)

    def _suggestion(self, row: Suggestion) -> HandoverLine:
        text = row.agreed_text
        label = _("Suggestion of wording: %(kind)s, %(instrument)s")
        url = self._url("observations:suggestion-list", text.instrument.slug, text.kind)
        facts = {"kind": text.get_kind_display(), "instrument": text.instrument}
        return HandoverLine(label % facts, f"{url}#suggestion-{row.pk}", row.updated_at)

    def _order(self, row: TranslationOrder) -> HandoverLine:
        label = _("Translation into %(language)s, ordered from %(person)s")
        facts = {"language": row.get_language_display(), "person": isolated(str(row.translator))}
        return HandoverLine(label % facts, reverse("observations:translation", args=[row.pk]), row.updated_at)

    def _notes(self, row: MeetingNotes) -> HandoverLine:
        label = _("Notes of the meeting of the experts on %(date)s") % {"date": date_words(row.meeting.held_on)}
        return HandoverLine(label, self._url("reviews:notes", row.meeting_id), row.updated_at)

    def threads(self, *, ours: bool) -> list[HandoverLine]:
        """Requests that wait for the reader's State, or for the other side."""
        rows = self.waiting.requests_for_us if ours else self.waiting.requests_for_others
        label = _("Request of %(state)s on %(code)s")
        return [
            HandoverLine(label % {"state": row.state_party, "code": row.about}, self._thread(row), row.asked_at)
            for row in rows
        ]

    def versions(self, *, ours: bool) -> list[HandoverLine]:
        """Versions that the reader's State has not cleared yet, or has."""
        texts = self.waiting.versions_to_clear if ours else self.waiting.versions_with_others
        return [
            HandoverLine(
                f"{text.get_kind_display()}, {text.instrument}",
                self._url("observations:text-detail", text.instrument.slug, text.kind),
            )
            for text in texts
        ]

    @cached_property
    def changes(self) -> list[HandoverLine]:
        """What the one before was the last to save in the weeks before he or she left; the latest first."""
        before = self.predecessor
        if before is None or before.ended_at is None:
            return []
        since = before.ended_at - LOOKING_BACK
        touched = last_saved_by(before, since)
        lines = [*self._answers_of(before, since), *self._exchange_of(touched), *self._texts_of(touched)]
        return sorted(lines, key=lambda line: line.at or since, reverse=True)[:CHANGES_SHOWN]

    def _answers_of(self, before: Participation, since: dt.datetime) -> Iterator[HandoverLine]:
        if self.response is None:
            return
        index = index_of(self.response.version_id)
        for code, at in answers_last_saved_by(self.user, self.response, before.user, since):
            place = index.section_of[code]
            url = self._url("questionnaires:section-detail", *place.address)
            yield HandoverLine(_("Answer %(code)s") % {"code": code}, url, at)

    def _exchange_of(self, touched: Touched) -> Iterator[HandoverLine]:
        for comment in touched.comments:
            label = _("Feedback on %(place)s") % {"place": comment.question_code or comment.article}
            yield HandoverLine(
                label, self._url("dialogue:feedback-detail", comment.feedback.state_party.iso3), comment.updated_at
            )
        for request in touched.requests:
            yield self._request(request)
        for answer in touched.answers:
            label = _("Answer to the request for clarification on %(code)s") % {"code": answer.request.about}
            yield HandoverLine(label, self._thread(answer.request), answer.updated_at)
        yield from map(self._reply, touched.replies)
        yield from map(self._notes, touched.notes)
        for supplement in touched.supplements:
            label = _("Supplementary information: %(title)s") % {"title": supplement.title}
            yield HandoverLine(label, self._url(PAGE_OF[supplement.kind]), supplement.updated_at)

    def _texts_of(self, touched: Touched) -> Iterator[HandoverLine]:
        yield from map(self._suggestion, touched.suggestions)
        for observation in touched.observations:
            yield HandoverLine(_of(observation), self._observation(observation), observation.updated_at)
        for passage in touched.passages:
            text = passage.agreed_text
            label = _("Summary, %(instrument)s: %(heading)s")
            url = self._url("observations:text-detail", text.instrument.slug, text.kind)
            yield HandoverLine(
                label % {"instrument": text.instrument, "heading": passage.heading}, url, passage.updated_at
            )

    # --- addresses

    def _url(self, name: str, *args: Any) -> str:
        return reverse(name, args=[*self.address, *args])

    def _thread(self, request: ClarificationRequest) -> str:
        return f"{self._url(PAGE_OF[request.subject])}#request-{request.pk}"

    def _reply(self, reply: FeedbackReply) -> HandoverLine:
        label = _("Reply to the feedback of %(state)s") % {"state": author_words(reply.feedback)}
        page = self._url("dialogue:feedback-detail", reply.feedback.state_party.iso3)
        return HandoverLine(label, f"{page}#reply", reply.updated_at)

    def _observation(self, observation: Observation) -> str:
        return f"{self._url('observations:observation-list')}#observation-{observation.pk}"

    def _request(self, request: ClarificationRequest) -> HandoverLine:
        label = _("Request for clarification on %(code)s") % {"code": request.about}
        return HandoverLine(label, self._thread(request), request.updated_at)


def _of(observation: Observation) -> str:
    facts = {"instrument": observation.agreed_text.instrument, "heading": observation.heading}
    return _("Observation, %(instrument)s: %(heading)s") % facts


def _stand_of(message: DialogueMessage) -> str:
    """Of a draft: whether it may be released as it is, and whose thread it would answer."""
    first = message.first
    if first.closed_at is not None:
        return _("its thread is closed")
    if message.recalled_at is not None:
        return _("recalled")
    if first == message:
        return _("begins a thread")
    return _("in a thread of %(state)s") % {"state": isolated(str(first.state_party))}
