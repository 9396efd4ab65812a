"""Written feedback, requests for clarification, sources and meetings of the demo, through the services."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dialogue.clarifications import (
    close_clarification,
    draft_answer,
    draft_clarification,
    send_answer,
    send_clarification,
)
from dialogue.exchange import articles_under_review, get_feedback_for, instruments_covered_by, own_feedback
from dialogue.feedback import clear_feedback, hash_of_draft, save_comment
from dialogue.replies import draft_reply, send_reply
from dialogue.slips import mark_place
from dialogue.slips.enums import SlipMark
from dialogue.split import SplitChange, split_work
from dialogue.supplements import SupplementInput, add_supplement, send_supplement
from portal.demo.phrases import Deck, PhraseBank
from portal.demo.plan import read
from portal.demo.teams import DemoTeam, Teams
from questionnaires.answers import AnswerInput, save_answer
from questionnaires.definitions import Item
from questionnaires.progress import answers_in
from questionnaires.responses import get_response_for
from questionnaires.responses.models import ResponseSubmission
from questionnaires.sending import begin_revision, clear_response, hash_of_draft as hash_of_answers
from questionnaires.submissions import get_submission, open_submission, sent_parts
from reviews.cases import language_of
from reviews.cases.models import Review
from reviews.drafts import shown_in_room, shown_of, shown_on_table
from reviews.meetings import log_meeting
from reviews.programme.models import Article, Instrument

# The acts that bring a request for clarification to each of its stages, each stage after the one before.
_REQUEST_STAGES = ("drafted", "asked", "answer_drafted", "answered", "closed")
_DAYS_OF_DIALOGUE = 640  # after the start; a dialogue that goes on is met in until today
_DAYS_BETWEEN_MEETINGS = 19
_TIME_TO_ANSWER = dt.timedelta(days=30)
_SHARE_WITH_CLOSING = 0.6  # of the comments on answers that cite a provision


@dataclass(frozen=True, slots=True)
class Answered:
    """A question to which the State under review has sent an answer in words."""

    instrument: str
    address: str
    item: Item
    citations: Sequence[Mapping[str, str]]


class Exchange:
    """The acts between the sending of the answers and the end of the dialogue."""

    def __init__(self, review: Review, teams: Teams, submission: ResponseSubmission, random: Random) -> None:
        self.review, self.teams, self.submission, self.random = review, teams, submission, random
        self.language = language_of(review)
        self.bank: Mapping[str, Any] = read(f"exchange_{self.language}.json")
        self.phrases = PhraseBank(self.language, teams.own.state, random)
        self.decks = {pool: Deck(cards, random) for pool, cards in self.bank["feedback"].items()}
        # Asked for again and again, and the same for the whole of a review.
        self.covered = {team.state: instruments_covered_by(review, team.state.pk) for team in teams.reviewing}
        self.articles = {each: list(articles_under_review(review, each)) for each in review.instruments.all()}

    @cached_property
    def answers(self) -> Sequence[Answered]:
        return tuple(
            Answered(part.part.instrument, "/".join(section.place.address), state.item, state.answer.citations)
            for part in sent_parts(self.submission)
            for section in part.sections
            for state in section.asked_items
            if state.answer.text and not state.item.options
        )

    def draft_feedback(self, team: DemoTeam, comments: int) -> None:
        """Comment on the articles, and on so many questions of each instrument that the State reviews."""
        feedback = own_feedback(team.experts[0], self.review)
        if feedback is None:
            raise ValueError(f"{team.state} gives no feedback on {self.review}")
        open_submission(team.experts[0], self.submission)
        shown = shown_of(feedback)
        for instrument in self.covered[team.state]:
            for article, text in self._on_articles(instrument, team):
                actor = self.random.choice(team.experts)
                save_comment(
                    actor=actor,
                    feedback=feedback,
                    instrument=instrument,
                    article=article,
                    text=text,
                    base=0,
                    shown=shown,
                )
            for answered in self._some_of(instrument.slug, comments):
                save_comment(
                    actor=self.random.choice(team.experts),
                    feedback=feedback,
                    instrument=instrument,
                    question_code=answered.item.code,
                    text=self._comment_on(answered),
                    base=0,
                    shown=shown,
                )

            self._mark(team, instrument)
        self._split(team)

    def _split(self, team: DemoTeam) -> None:
        """The writers take the sections in turn, but for each fifth; the two States lead on one after the other."""
        covered = {instrument.slug for instrument in self.covered[team.state]}
        addresses = [section.place.address for part in sent_parts(self.submission) for section in part.sections]
        sections = ["/".join(address) for address in addresses if address[0] in covered]
        writers = [row.pk for row in team.participations if row.user in team.experts]
        wanted = {each: writers[number % len(writers)] for number, each in enumerate(sections) if number % 5 != 4}
        leads = frozenset(sections[self.teams.reviewing.index(team) :: 2])
        change = SplitChange(wanted=wanted, shown={}, leads=leads)
        split_work(actor=team.focal_point, review=self.review, change=change)

    def _mark(self, team: DemoTeam, instrument: Instrument) -> None:
        """The first answers are read, and about each third of them the State means to ask."""
        answers = [answered for answered in self.answers if answered.instrument == instrument.slug][:9]
        for number, answered in enumerate(answers):
            for mark in (SlipMark.READ, SlipMark.ASK) if number % 3 == 2 else (SlipMark.READ,):
                mark_place(
                    actor=team.experts[0],
                    review=self.review,
                    instrument=instrument,
                    question_code=answered.item.code,
                    mark=mark,
                    is_set=True,
                    seen=self.submission.number,
                )

    def send_feedback(self, team: DemoTeam) -> None:
        feedback = own_feedback(team.focal_point, self.review)
        if feedback is not None:
            clear_feedback(
                actor=team.focal_point, feedback=feedback, sha256=hash_of_draft(feedback), number=feedback.next_number
            )

    def reply(self, team: DemoTeam, number: int, *, is_sent: bool) -> None:
        """What the State under review says to the feedback of one State; it goes, or waits for its focal point."""
        own = self.teams.own
        feedback = get_feedback_for(own.focal_point, self.review, team.state.iso3)
        draft = draft_reply(
            actor=own.experts[0],
            feedback=feedback,
            feedback_sha256=feedback.sha256,
            text=self.bank["replies"][number].format(state=self.phrases.state_name),
            base=0,
            shown=shown_in_room(self.review, own.state.pk),
        )
        if is_sent:
            send_reply(
                actor=own.focal_point,
                feedback=feedback,
                feedback_sha256=feedback.sha256,
                base=draft.revision,
                number=draft.next_number,
                shown=shown_on_table(self.review),
            )

    def _on_articles(self, instrument: Instrument, team: DemoTeam) -> Iterator[tuple[Article, str]]:
        """The reviewing States that cover an instrument have divided its articles, so that no two say the same."""
        texts = self.bank["articles"].get(instrument.slug, {})
        commented = [article for article in self.articles[instrument] if str(article.number) in texts]
        sharing = [each for each in self.teams.reviewing if instrument in self.covered[each.state]]
        for article in commented[sharing.index(team) :: len(sharing)]:
            yield article, texts[str(article.number)].format(state=self.phrases.state_name)

    def _some_of(self, instrument: str, count: int) -> Sequence[Answered]:
        """In the order of the questionnaire."""
        answers = [answered for answered in self.answers if answered.instrument == instrument]
        chosen = self.random.sample(range(len(answers)), min(count, len(answers)))
        return [answers[place] for place in sorted(chosen)]

    def _comment_on(self, answered: Answered) -> str:
        pool = "cited" if answered.citations else self.phrases.kind_of(answered.item)
        deck = self.decks.get(pool, self.decks["plain"])
        sentences = [deck.draw().format(**self._values(answered))]
        if pool == "cited" and self.random.random() < _SHARE_WITH_CLOSING:
            sentences.append(self.decks["closing"].draw())
        return " ".join(sentences)

    def _values(self, answered: Answered) -> dict[str, str]:
        """Law and provision are those that the answer cites first."""
        values = self.phrases.values(answered.address)
        if answered.citations:
            values |= {"law": answered.citations[0]["law"], "provision": answered.citations[0]["provision"]}
        provision = values["provision"]
        return values | {"provision_start": provision[:1].upper() + provision[1:]}

    def clarify(self, stages: Sequence[str]) -> None:
        """Ask as many requests as there are ``stages``, the reviewing States in turn, and bring each to its stage."""
        cards = self.random.sample(self.bank["clarifications"], len(stages))
        citing = [answered for answered in self.answers if answered.citations]
        self.random.shuffle(citing)
        for number, (stage, card) in enumerate(zip(stages, cards, strict=True)):
            team = self.teams.reviewing[(number + 1) % len(self.teams.reviewing)]
            covered = {instrument.slug for instrument in self.covered[team.state]}
            answered = next(each for each in citing if each.instrument in covered)
            citing.remove(answered)
            self._clarify(team, answered, card, stage)

    def _clarify(self, team: DemoTeam, answered: Answered, card: Mapping[str, str], stage: str) -> None:
        own = self.teams.own
        values, reached = self._values(answered), _REQUEST_STAGES.index(stage)
        expert = self.random.choice(team.experts)
        request = draft_clarification(
            actor=expert,
            review=self.review,
            instrument=next(each for each in self.articles if each.slug == answered.instrument),
            question_code=answered.item.code,
            text=card["request"].format(**values),
            shown=shown_in_room(self.review, team.state.pk),
        )
        if reached >= _REQUEST_STAGES.index("asked"):
            send_clarification(
                actor=team.focal_point,
                request=request,
                base=request.revision,
                shown=shown_on_table(request.review),
                due_on=timezone.localdate() + _TIME_TO_ANSWER,
            )
        if reached >= _REQUEST_STAGES.index("answer_drafted"):
            text = card["answer"].format(**values)
            shown = shown_in_room(self.review, own.state.pk)
            answer = draft_answer(
                actor=self.random.choice(own.experts), request=request, text=text, base=0, shown=shown
            )
            if reached >= _REQUEST_STAGES.index("answered"):
                send_answer(
                    actor=own.focal_point, request=request, base=answer.revision, shown=shown_on_table(request.review)
                )
        if reached >= _REQUEST_STAGES.index("closed"):
            close_clarification(actor=team.focal_point, request=request, base=1)

    def provide_sources(self, *, with_draft: bool) -> None:
        """Send the supplementary information; with a further piece that has not been sent where asked for."""
        own = self.teams.own
        shown = shown_in_room(self.review, own.state.pk)
        for row in self.bank["supplements"]:
            given = self._source(row)
            supplement = add_supplement(actor=own.experts[0], review=self.review, given=given, shown=shown)
            send_supplement(
                actor=own.focal_point,
                supplement=supplement,
                base=supplement.revision,
                shown=shown_on_table(supplement.review),
            )
        if with_draft:
            given = self._source(self.bank["draft_supplement"])
            add_supplement(actor=own.experts[-1], review=self.review, given=given, shown=shown)

    def _source(self, row: Mapping[str, str]) -> SupplementInput:
        values = {"state": self.phrases.state_name, "slug": self.phrases.slug}
        file = None
        if "file" in row:
            content = (settings.FIXTURES_DIR / "demo" / row["file"]).read_bytes()
            file = SimpleUploadedFile(row["file"], content)
        link = row.get("link", "").format(**values)
        return SupplementInput(row["title"].format(**values), row["pages"], link, file)

    def revise(self) -> None:
        """Send one more version, in which one answer says more, once the reviewing States have opened the first."""
        team, words = self.teams.own, self.bank["revision"]
        stands = get_submission(self.review)
        open_submission(self.teams.reviewing[0].experts[0], stands)
        response = get_response_for(team.focal_point, self.review)
        begin_revision(team.focal_point, response, reason=words["reason"], number=stands.number)
        item = self.answers[0].item
        before = answers_in(response, [item])[item.code]
        text = f"{before.text}\n\n{words['sentence']}"
        given = AnswerInput(item.code, before.choices, text, [dict(each) for each in before.citations], before.revision)
        save_answer(actor=team.experts[0], response=response, given=given)
        clear_response(team.focal_point, response, sha256=hash_of_answers(response), number=response.next_number)

    def meet(self, *, is_over: bool) -> None:
        """Record the meetings, the first alone where the dialogue goes on; experts and focal points take part."""
        rows = self.bank["meetings"] if is_over else self.bank["meetings"][:1]
        last = min(timezone.localdate(), self.review.starts_on + dt.timedelta(days=_DAYS_OF_DIALOGUE))
        present = [
            each
            for team in (self.teams.own, *self.teams.reviewing)
            for each in team.participations
            if each.user in {team.focal_point, *team.experts}
        ]
        for number, row in enumerate(rows):
            log_meeting(
                actor=self.teams.reviewing[0].focal_point,
                review=self.review,
                held_on=last - dt.timedelta(days=_DAYS_BETWEEN_MEETINGS * (len(rows) - number)),
                means=row["means"],
                shown=shown_on_table(self.review),
                participants=present,
                others=row["others"],
                subject=row["subject"],
            )
