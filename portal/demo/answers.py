"""Answers a response as several experts would, and takes it to its stage, through the services that pages use."""

import datetime as dt
from collections.abc import Sequence
from random import Random

from django.utils import timezone

from accounts.people.models import User
from portal.demo.laws import enter_laws
from portal.demo.phrases import PhraseBank
from portal.demo.plan import PlannedReview
from portal.demo.praise import is_praised
from portal.demo.teams import DemoTeam
from questionnaires.answers import AnswerInput, changes_what_is_asked, save_answer
from questionnaires.assignments import assign_sections
from questionnaires.definitions import Item, PlacedSection, VersionIndex, index_of
from questionnaires.definitions.enums import QuestionKind
from questionnaires.margin import start_thread
from questionnaires.ministries import answer_assignment, return_proposal
from questionnaires.progress import section_progress
from questionnaires.responses.enums import AssignmentWord
from questionnaires.responses.models import Response
from questionnaires.sending import clear_response, hash_of_draft, return_response, submit_response_for_clearance
from reviews.cases.models import Participation
from reviews.ministries import place_contributor

_SHARE_OF_OPTIONAL = 0.75
_ANSWERED_IN_HALF = 0.5  # of the sections
_SHARE_REVISED = 0.06
_WEIGHTS = {"yes_no": (8, 2), "yes_part_no": (6, 3, 1)}
# Most States name difficulties and needs; a demo without them would show none of the questions that follow.
_TIME_FOR_MINISTRIES, _LATE_BY = dt.timedelta(21), dt.timedelta(5)
_REMARK = "Please name the provision of your law with each answer."
_RETURNED = "Which article of the Act says so? Please add it."
_NOTE_TO_MINISTRY = "Is this the Act of 2021, or the one before it?"
_NOTE_AT_HOME = "The ministry and we read this question differently. Shall we ask for both views?"
_TELLING_SECTIONS = ("difficulties-encountered", "need-for-technical-assistance")


class Respondent:
    """Answers section after section; each section has one author, drawn among the experts."""

    def __init__(self, response: Response, experts: Sequence[User], bank: PhraseBank, random: Random) -> None:
        self.response, self.bank, self.random = response, bank, random
        self.index: VersionIndex = index_of(response.version_id)
        self.sections = self.index.applicable_sections(response.party_to)
        self.authors = {place.pk: random.choice(experts) for place in self.sections}
        self.seen: set[str] = set()

    def answer_all(self) -> None:
        self.answer(self.sections)

    def answer(self, places: Sequence[PlacedSection]) -> None:
        for place in places:
            self._answer_section(place)

    def propose(self, author: User, place: PlacedSection) -> None:
        """Propose, as somebody of a ministry, an answer to each question of a section that is asked in any case."""
        self.authors[place.pk] = author
        _progress, asked = section_progress(self.response, place)
        for item in place.section.items:
            if item.code in asked and item.kind != QuestionKind.GROUP:
                self._answer_item(place, item)

    def _answer_section(self, place: PlacedSection) -> None:
        """Answer what is asked, and what is asked because of these answers, also before them."""
        _progress, asked = section_progress(self.response, place)
        questions = [item for item in place.section.items if item.kind != QuestionKind.GROUP]
        while item := next((each for each in questions if each.code in asked - self.seen), None):
            self.seen.add(item.code)
            self._answer_item(place, item)
            if changes_what_is_asked(self.response, item.code):
                _progress, asked = section_progress(self.response, place)

    def _answer_item(self, place: PlacedSection, item: Item) -> None:
        if item.code in self.index.optional and self.random.random() > _SHARE_OF_OPTIONAL:
            return  # left open
        address = "/".join(place.address)
        choices = self._choices(place, item)
        text, citations = self._words(item, address, choices)
        self._save(place, item, choices, text, citations)

    def _words(self, item: Item, address: str, choices: tuple[str, ...]) -> tuple[str, list[dict[str, str]]]:
        if not item.options:
            return self.bank.answer(item, address)
        return (self.bank.free_text() if set(choices) & set(item.free_text_options) else ""), []

    def _choices(self, place: PlacedSection, item: Item) -> tuple[str, ...]:
        if not item.options:
            return ()
        if item.kind == QuestionKind.MULTIPLE:
            return tuple(self.random.sample(item.options, min(len(item.options), self.random.randint(2, 5))))
        if item.kind == QuestionKind.SINGLE or place.section.slug in _TELLING_SECTIONS:
            return (item.options[0],)
        chosen = tuple(self.random.choices(item.options, _WEIGHTS[item.kind]))
        if chosen == ("No",) and is_praised(self.bank.language, place, item):
            return (item.options[0],)
        return chosen

    def _save(
        self, place: PlacedSection, item: Item, choices: tuple[str, ...], text: str, citations: list[dict[str, str]]
    ) -> None:
        author, base = self.authors[place.pk], 0
        if text and self.random.random() < _SHARE_REVISED:
            beginning, _dot, _rest = text.partition(". ")
            first = AnswerInput(item.code, choices, f"{beginning}.")
            base = save_answer(actor=author, response=self.response, given=first).revision
        given = AnswerInput(item.code, choices, text, citations, base)
        save_answer(actor=author, response=self.response, given=given)


def answer_until(planned: PlannedReview, response: Response, team: DemoTeam, random: Random) -> bool:
    """Answer as far as the review is planned to go; give whether the answers were sent."""
    if planned.until == "opened":
        return False
    state = response.review.state_under_review
    bank = PhraseBank(response.language, state, random)
    enter_laws(response.review, team.focal_point, bank, PhraseBank("en", state, random))
    respondent = Respondent(response, team.experts, bank, random)
    if planned.until == "half_answered":
        _answer_half(planned, respondent, team)
        return False
    respondent.answer_all()
    submit_response_for_clearance(team.experts[0], response)
    if planned.until == "returned":
        return_response(team.focal_point, response, reason=planned.return_reason)
    is_sent = planned.is_past("self_assessment")
    if is_sent:
        clear_response(team.focal_point, response, sha256=hash_of_draft(response), number=response.next_number)
    return is_sent


def _answer_half(planned: PlannedReview, respondent: Respondent, team: DemoTeam) -> None:
    """Send sections to the ministries, which propose; the experts answer half of the others."""
    places = {"/".join(place.address): place for place in respondent.sections}
    assigned = [places[address] for address in planned.assigned]
    others = [place for place in respondent.sections if place not in assigned]
    respondent.answer(others[: int(len(others) * _ANSWERED_IN_HALF)])
    if assigned:
        _ask_ministries(respondent, team, assigned)


def _ask_ministries(respondent: Respondent, team: DemoTeam, places: Sequence[PlacedSection]) -> None:
    """All have the same sections, and propose on the first: one is done there, with one proposal back; one is late.

    A ministry of two people has them together.
    """
    today = timezone.localdate()
    for people in _by_ministry(team):
        ministry = place_contributor(actor=team.focal_point, participation=people[0], name=people[0].user.organization)
        for each in people[1:]:
            place_contributor(actor=team.focal_point, participation=each, name=ministry.name)
        assign_sections(
            team.focal_point,
            respondent.response,
            participation=people[0] if len(people) == 1 else None,
            ministry=ministry if len(people) > 1 else None,
            places=list(places),
            due_on=today + _TIME_FOR_MINISTRIES,
            remark=_REMARK,
        )
        respondent.propose(people[0].user, places[0])
    if not team.contributors:
        return
    done, late = team.contributors[0], team.contributors[-1]
    part = done.assignments.get(section_id=places[0].pk)
    answer_assignment(actor=done.user, assignment=part, said=AssignmentWord.DONE)
    first = done.proposals.order_by("question__order").first()
    if first is not None:
        return_proposal(actor=team.experts[0], proposal=first, number=first.revision, reason=_RETURNED)
        code = respondent.index.codes[first.question_id]
        experts, response = team.experts, respondent.response
        start_thread(actor=experts[0], response=response, code=code, text=_NOTE_TO_MINISTRY, to=done.pk)
        mentioned = [team.focal_point.pk]
        start_thread(actor=experts[-1], response=response, code=code, text=_NOTE_AT_HOME, mentioned=mentioned)
    if late != done:  # nobody can be given a day that has passed
        late.assignments.update(due_on=today - _LATE_BY)


def _by_ministry(team: DemoTeam) -> list[list[Participation]]:
    found: dict[str, list[Participation]] = {}
    for each in team.contributors:
        found.setdefault(each.user.organization, []).append(each)
    return list(found.values())
