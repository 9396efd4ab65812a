"""The demo of any mechanism, from the ``demo.json`` of its folder (docs/mechanisms.md), through the services."""

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from django.utils import timezone

from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from accounts.states.models import StateParty
from core.language.terminology import named, speaking
from dialogue.conclusion import conclude_for_all
from dialogue.exchange import articles_under_review, instruments_covered_by, own_feedback
from dialogue.feedback import clear_feedback, hash_of_draft as hash_of_feedback, save_comment
from observations.clearance import clear_version, propose_version
from observations.observations import ObservationInput, draft_observation, lay_on_table
from observations.publications import publish_text
from observations.texts import headings_of, texts_visible_to
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText
from observations.versions import shown_of_text, standing_version
from observations.wording import hash_of_table
from portal.demo.audiences import let_names_stand
from portal.demo.plan import Person, demo_mechanism
from portal.demo.teams import ACTOR, DemoTeam, register_people
from questionnaires.answers import AnswerInput, save_answer
from questionnaires.definitions import Item, index_of
from questionnaires.definitions.enums import QuestionKind
from questionnaires.progress import section_progress
from questionnaires.responses.models import Response
from questionnaires.sending import clear_response, hash_of_draft, open_response, submit_response_for_clearance
from reviews.capacities import require_capacity
from reviews.cases.enums import ParticipationRole, ReviewingBasis
from reviews.cases.models import Review
from reviews.drafts import shown_in_room, shown_of
from reviews.opening import Reviewer, open_review
from reviews.programme.enums import StepKind
from reviews.programme.models import Phase
from reviews.registration import register_participant
from reviews.steps import reach_row

# How far a review may be (``until``), each after the one before.
STAGES = ("opened", "half_answered", "sent", "commented", "drafted", "proposed", "agreed", "published")


def load_short_demo(data: dict[str, Any], random: Random, progress: Path | None) -> list[str]:
    """Build the reviews that are not there yet; give their codes. The caller has begun a transaction.

    What the acts leave in words, in the record and in mails, is in those of the mechanism.
    """
    with speaking(named(demo_mechanism())):
        return _load(data, random, progress)


def _load(data: dict[str, Any], random: Random, progress: Path | None) -> list[str]:
    phase = Phase.objects.select_related("mechanism").get(mechanism__slug=demo_mechanism(), number=1)
    present = set(Review.objects.filter(phase=phase).values_list("state_under_review__iso3", flat=True))
    missing = [planned for planned in data["reviews"] if planned["state"] not in present]
    users = register_people() if missing else {}
    built = []
    for number, planned in enumerate(missing):
        if progress:
            progress.write_text(f"{number} {len(missing)}", encoding="utf-8")
        built.append(_ShortReview(phase, planned, data, users, random).build().code)
    return built


class _ShortReview:
    """One review, taken through the acts of its people as far as it is planned."""

    def __init__(
        self, phase: Phase, planned: dict[str, Any], data: dict[str, Any], users: dict[Person, User], random: Random
    ) -> None:
        self.phase, self.planned, self.users, self.random = phase, planned, users, random
        self.words = {pool: cycle(random.sample(texts, len(texts))) for pool, texts in data["words"].items()}
        self.officer = next(user for person, user in users.items() if person.role == SecretariatRole.OFFICER)
        self.review = self._opened()
        self._reach_what_has_gone_by()
        self.own = self._team(self.review.state_under_review)
        rows = self.review.reviewing_states.select_related("state_party").order_by("state_party__iso3")
        self.reviewing = [self._team(row.state_party) for row in rows]

    def build(self) -> Review:
        acts: Sequence[tuple[str, Callable[[], None]]] = (
            ("half_answered", self._answer_half),
            ("sent", self._send_answers),
            ("commented", self._comment),
            ("drafted", self._draft_texts),
            ("proposed", self._propose),
            ("agreed", self._agree),
            ("published", self._publish),
        )
        self.response = open_response(self.officer, self.review)
        for stage, act in acts:
            if STAGES.index(stage) <= STAGES.index(self.planned["until"]):
                act()
        return self.review

    def _opened(self) -> Review:
        states = {state.iso3: state for state in StateParty.objects.filter(is_fictional=True)}
        reviewers = [Reviewer(states[code], ReviewingBasis(basis)) for code, basis in self.planned["reviewers"].items()]
        return open_review(
            actor=ACTOR,
            phase=self.phase,
            state_under_review=states[self.planned["state"]],
            reviewers=reviewers,
            starts_on=timezone.localdate() - dt.timedelta(weeks=self.planned["started_weeks_ago"]),
            officer=self.officer,
        )

    def _reach_what_has_gone_by(self) -> None:
        """Before the acts, which would date it today."""
        for slug, weeks in self.planned["reached_after_weeks"].items():
            milestone = self.review.milestones.select_related("review").get(plan__slug=slug)
            reach_row(milestone, self.review.starts_on + dt.timedelta(weeks=weeks))

    def _team(self, state: StateParty) -> DemoTeam:
        team = DemoTeam(state)
        for person, user in self.users.items():
            if person.state == state.iso3:
                role = ParticipationRole(person.role)
                participation = register_participant(
                    actor=ACTOR, review=self.review, user=user, state_party=state, role=role
                )
                team.participations.append(participation)
        return team

    def _answer_half(self) -> None:
        places = index_of(self.response.version_id).applicable_sections(self.response.party_to)
        self._answer(len(places) // 2)

    def _send_answers(self) -> None:
        self._answer(None)
        submit_response_for_clearance(self.own.experts[0], self.response)
        clear_response(
            self.own.focal_point, self.response, sha256=hash_of_draft(self.response), number=self.response.next_number
        )
        self.review.refresh_from_db()

    def _answer(self, count: int | None) -> None:
        """The first sections, so many; what was answered before stays."""
        index = index_of(self.response.version_id)
        answered = set(self.response.answers.values_list("question__code", flat=True))
        for place in index.applicable_sections(self.response.party_to)[:count]:
            items = [item for item in place.section.items if item.kind != QuestionKind.GROUP]
            while item := next((each for each in items if each.code in self._asked(place) - answered), None):
                answered.add(item.code)
                given = AnswerInput(item.code, self._choices(item), self._words_on(item))
                save_answer(actor=self.random.choice(self.own.experts), response=self.response, given=given)

    def _asked(self, place: Any) -> frozenset[str]:
        _progress, asked = section_progress(Response.objects.get(pk=self.response.pk), place)
        return frozenset(asked)

    def _choices(self, item: Item) -> tuple[str, ...]:
        if item.kind == QuestionKind.MULTIPLE:
            return item.options[:2]
        return (self.random.choice(item.options[:2]),) if item.options else ()

    def _words_on(self, item: Item) -> str:
        return "" if item.options else self._say("answers")

    def _say(self, pool: str) -> str:
        return str(next(self.words[pool])).format(state=self.review.state_under_review.name)

    def _comment(self) -> None:
        for team in self.reviewing:
            expert = team.experts[0]
            feedback = own_feedback(expert, self.review)
            if feedback is None:
                continue
            for instrument in instruments_covered_by(self.review, team.state.pk):
                for article in articles_under_review(self.review, instrument):
                    save_comment(
                        actor=expert,
                        feedback=feedback,
                        instrument=instrument,
                        article=article,
                        text=self._say("comments"),
                        base=0,
                        shown=shown_of(feedback),
                    )
            clear_feedback(
                actor=team.focal_point,
                feedback=feedback,
                sha256=hash_of_feedback(feedback),
                number=feedback.next_number,
            )
        self.review.refresh_from_db()
        if self.review.step.kind == StepKind.DIALOGUE:
            conclude_for_all([team.focal_point for team in (self.own, *self.reviewing)], self.review)
            self.review.refresh_from_db()

    def _texts(self) -> list[AgreedText]:
        return list(texts_visible_to(self.own.focal_point, self.review, TextKind.LIST_OF_OBSERVATIONS))

    def _covering(self, text: AgreedText) -> list[DemoTeam]:
        """The reviewing States of the instrument; the first drafts and proposes."""
        return [
            team for team in self.reviewing if text.instrument in instruments_covered_by(self.review, team.state.pk)
        ]

    def _draft_texts(self) -> None:
        """An observation under each heading on each article, laid on the table."""
        for text in self._texts():
            team = self._covering(text)[0]
            expert = team.experts[0]
            shown = shown_in_room(self.review, require_capacity(expert, self.review).state_party_id)
            for heading in headings_of(self.review):
                article = self.random.choice(list(articles_under_review(self.review, text.instrument)))
                given = ObservationInput(heading, [article], self._say(heading.kind), ())
                observation = draft_observation(actor=expert, text=text, given=given, shown=shown)
                seen = shown_of_text(text)
                lay_on_table(actor=team.focal_point, observation=observation, base=observation.revision, shown=seen)

    def _propose(self) -> None:
        for text in self._texts():
            propose_version(actor=self._covering(text)[0].focal_point, text=text, sha256=hash_of_table(text))

    def _agree(self) -> None:
        for text in self._texts():
            version, (_proposer, *others) = standing_version(text), self._covering(text)
            for team in (*others, self.own):
                if version is not None:
                    clear_version(actor=team.focal_point, text=text, sha256=version.sha256)
        self.review.refresh_from_db()

    def _publish(self) -> None:
        let_names_stand(self.review)
        for text in self._texts():
            if (version := standing_version(text)) is not None:
                publish_text(actor=self.own.focal_point, text=text, sha256=version.sha256, names_experts=True)
