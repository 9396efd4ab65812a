"""Plays a task of an exercise for the learner: what its part would do, by the services that its pages call.

What the secretariat does a worker plays, as the system: no officer is of a cast, who could read what others practise.
"""

import itertools
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ServiceError
from core.policy import PolicyRefusedError
from dialogue.clarifications import (
    close_clarification,
    draft_answer,
    draft_clarification,
    send_answer,
    send_clarification,
)
from dialogue.conclusion import conclude_for_all
from dialogue.exchange import (
    articles_under_review,
    clarifications_visible_to,
    comments_of,
    instruments_covered_by,
    own_feedback,
)
from dialogue.exchange.enums import ClarificationStatus, ClarificationSubject
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest, WrittenFeedback
from dialogue.feedback import clear_feedback, hash_of_draft as hash_of_feedback, save_comment
from observations.clearance import clear_version, propose_version
from observations.objections import keys_of, open_objections_of
from observations.observations import ObservationInput, draft_observation, lay_on_table
from observations.summaries import draft_passage, lay_passage, own_draft_of
from observations.texts import headings_of, passages_of, texts_visible_to
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation
from observations.versions import shown_of_text, standing_version
from observations.wording import hash_of_table
from portal.practice.casting import ACTOR, exercise_data
from portal.practice.course import ExerciseTask
from portal.practice.enums import ExercisePart
from portal.practice.facts import review_of, user_of
from portal.practice.models import Exercise
from questionnaires.answers import AnswerInput, save_answer
from questionnaires.definitions import Item, index_of
from questionnaires.definitions.enums import QuestionKind
from questionnaires.progress import section_progress
from questionnaires.responses.models import Response
from questionnaires.sending import clear_response, hash_of_draft, open_response, submit_response_for_clearance
from questionnaires.submissions import latest_submission, open_submission
from reviews.capacities import require_capacity
from reviews.cases import language_of
from reviews.cases.models import Review
from reviews.consultations import StandingWords, confirm_consultation, propose_consultation, standing_words_in
from reviews.drafts import shown_in_room, shown_of, shown_on_table
from reviews.meetings import log_meeting
from reviews.meetings.enums import MeetingMeans
from reviews.participation import participants_of
from reviews.programme.enums import StepKind
from reviews.steps import record_processing

T = TypeVar("T")
_NOTHING = _("There is nothing yet that this step could be done with.")


class _Player:
    """Somebody of the cast, at work in the review."""

    def __init__(self, user: User, review: Review) -> None:
        self.user, self.review = user, review
        words, consults = exercise_data()["words"], review.step.kind == StepKind.CONSULTATION
        self.words: dict[str, Any] = words.get(user.language if consults else language_of(review), words["en"])
        self.state = require_capacity(user, review).state_party_id

    @property
    def response(self) -> Response:
        return _there(Response.objects.filter(review=self.review).first())

    @property
    def consultation(self) -> StandingWords | None:
        return standing_words_in([self.review]).get(self.review.pk)

    def text_of(self, kind: TextKind) -> AgreedText:
        return _there(next(iter(texts_visible_to(self.user, self.review, kind)), None))

    @property
    def text(self) -> AgreedText:
        return self.text_of(TextKind.LIST_OF_OBSERVATIONS)

    @property
    def summary(self) -> AgreedText:
        return self.text_of(TextKind.SUMMARY)

    @property
    def feedback(self) -> WrittenFeedback:
        return _there(own_feedback(self.user, self.review))

    def request_in(self, status: ClarificationStatus, **others: Any) -> ClarificationRequest:
        requests = clarifications_visible_to(self.user, self.review, ClarificationSubject.QUESTION)
        return _there(requests.filter(status=status, **others).order_by("created_at").first())


def _there(row: T | None) -> T:
    """What the step is done with. Raises ServiceError where there is none, for another step has to come before."""
    if row is None:
        raise ServiceError(_NOTHING)
    return row


def play(exercise: Exercise, task: ExerciseTask) -> None:
    """Do the task as the one whose part it is. Raises ServiceError where that is not open now."""
    user = user_of(exercise, task.part or ExercisePart.OWN_FOCAL_POINT)
    try:
        with identified_as(user if task.part else ACTOR):
            _PLAYS[task.key](_Player(user, review_of(exercise)))
    except PolicyRefusedError as error:
        raise ServiceError(error.decision.reason) from error
    except Http404 as error:  # what this part does not see yet
        raise ServiceError(_NOTHING) from error


def _consult(player: _Player) -> None:
    """Propose where nothing stands, and else confirm that; the first who speaks proposes."""
    words = player.consultation
    if words is None:
        languages = [player.user.language]
        propose_consultation(actor=player.user, review=player.review, languages=languages, note=player.words["note"])
    else:
        confirm_consultation(actor=player.user, review=player.review, number=words.proposal.number)


def _confirm(player: _Player) -> None:
    _there(player.consultation)
    _consult(player)


def _open(player: _Player) -> None:
    """As the secretariat, once all have confirmed. The State answers in its own language where that was agreed."""
    if not _there(player.consultation).is_agreed:
        raise ServiceError(_NOTHING)
    own = player.user.language
    open_response(ACTOR, player.review, language=own if own in player.review.working_languages else "")


def _process(player: _Player) -> None:
    record_processing(ACTOR, player.review)


def _answer(player: _Player) -> None:
    """What is asked and not answered yet; what the learner has answered stays."""
    texts = itertools.cycle(player.words["answers"])
    bases = dict(player.response.answers.values_list("question__code", "revision"))  # of those that were emptied, too
    answered = set[str]()
    for place in index_of(player.response.version_id).applicable_sections(player.response.party_to):
        items = [item for item in place.section.items if item.kind != QuestionKind.GROUP]
        while item := next((each for each in items if each.code in _missing(player, place) - answered), None):
            answered.add(item.code)
            given = _given(item, texts, bases.get(item.code, 0))
            save_answer(actor=player.user, response=player.response, given=given)


def _missing(player: _Player, place: Any) -> frozenset[str]:
    return frozenset(section_progress(player.response, place)[0].missing)


def _given(item: Item, texts: Iterator[str], base: int) -> AnswerInput:
    if item.options:
        return AnswerInput(item.code, item.options[:1], base=base)
    return AnswerInput(item.code, (), next(texts), base=base)


def _submit(player: _Player) -> None:
    submit_response_for_clearance(player.user, player.response)


def _clear(player: _Player) -> None:
    response = player.response
    clear_response(player.user, response, sha256=hash_of_draft(response), number=response.next_number)


def _comment(player: _Player, words: str = "comment") -> None:
    open_submission(player.user, latest_submission(player.review))
    feedback = player.feedback
    instrument = instruments_covered_by(player.review, player.state)[0]
    article = articles_under_review(player.review, instrument)[0]
    before = feedback.comments.filter(article=article, question_code="").first()
    save_comment(
        actor=player.user,
        feedback=feedback,
        instrument=instrument,
        article=article,
        text=player.words[words],
        base=before.revision if before else 0,
        shown=shown_of(feedback),
    )


def _send_feedback(player: _Player) -> None:
    feedback = player.feedback
    clear_feedback(actor=player.user, feedback=feedback, sha256=hash_of_feedback(feedback), number=feedback.next_number)


def _second_feedback(player: _Player) -> None:
    if not comments_of(player.feedback).exists():
        _comment(player, "comment_of_second")
    _send_feedback(player)


def _ask(player: _Player) -> None:
    open_submission(player.user, latest_submission(player.review))
    draft_clarification(
        actor=player.user,
        review=player.review,
        instrument=instruments_covered_by(player.review, player.state)[0],
        question_code="A.practice.2.a",
        text=player.words["question"],
        shown=shown_in_room(player.review, player.state),
    )


def _send_question(player: _Player) -> None:
    request = player.request_in(ClarificationStatus.DRAFT, state_party=player.state)
    send_clarification(actor=player.user, request=request, base=request.revision, shown=shown_on_table(player.review))


def _reply(player: _Player) -> None:
    shown = shown_in_room(player.review, player.state)
    request = player.request_in(ClarificationStatus.ASKED)
    emptied = ClarificationAnswer.objects.filter(request=request).first()
    base = emptied.revision if emptied else 0
    draft_answer(actor=player.user, request=request, text=player.words["reply"], base=base, shown=shown)


def _send_reply(player: _Player) -> None:
    request = player.request_in(ClarificationStatus.ASKED, answers__text__gt="")
    base = ClarificationAnswer.objects.get(request=request).revision
    send_answer(actor=player.user, request=request, base=base, shown=shown_on_table(player.review))


def _close_question(player: _Player) -> None:
    request = player.request_in(ClarificationStatus.ANSWERED, state_party=player.state)
    base = ClarificationAnswer.objects.get(request=request).revision
    close_clarification(actor=player.user, request=request, base=base)


def _meet(player: _Player) -> None:
    log_meeting(
        actor=player.user,
        review=player.review,
        held_on=timezone.localdate(),
        means=MeetingMeans.VIDEOCONFERENCE,
        shown=shown_on_table(player.review),
        participants=list(participants_of(player.review)),
        subject=player.words["meeting"],
    )


def _conclude(player: _Player) -> None:
    conclude_for_all([player.user], player.review)


def _observe(player: _Player) -> None:
    text, heading = player.text, headings_of(player.review).get(kind="best_practice")
    articles = list(articles_under_review(player.review, text.instrument)[:1])
    given = ObservationInput(heading, articles, player.words["observation"], ())
    draft_observation(actor=player.user, text=text, given=given, shown=shown_in_room(player.review, player.state))


def _lay(player: _Player) -> None:
    """All that the State has drafted."""
    drafts = Observation.objects.filter(agreed_text=player.text, room=player.state, withdrawn_at=None)
    _there(drafts.first())
    for observation in drafts:
        shown = shown_of_text(player.text)
        lay_on_table(actor=player.user, observation=observation, base=observation.revision, shown=shown)


def _shorten(player: _Player) -> None:
    passage = _there(passages_of(player.summary).first())
    draft = own_draft_of(player.user, passage)
    shown = shown_in_room(player.review, player.state)
    base, copied = (draft.revision, draft.copied_revision) if draft else (0, passage.revision)
    text = player.words["passage"]
    draft_passage(actor=player.user, passage=passage, text=text, base=base, copied=copied, shown=shown)


def _lay_passage(player: _Player) -> None:
    """All that the State has drafted."""
    drafts = [own_draft_of(player.user, passage) for passage in passages_of(player.summary)]
    _there(next((draft for draft in drafts if draft), None))
    for draft in filter(None, drafts):
        shown, replaces = shown_of_text(player.summary), draft.passage.revision
        lay_passage(actor=player.user, draft=draft, base=draft.revision, replaces=replaces, shown=shown)


def _propose(player: _Player, text: AgreedText | None = None) -> None:
    text = text or player.text
    propose_version(actor=player.user, text=text, sha256=hash_of_table(text), resolving=_own_objections(player, text))


def _propose_summary(player: _Player) -> None:
    _propose(player, player.summary)


def _agree(player: _Player, text: AgreedText | None = None) -> None:
    text = text or player.text
    sha256, resolving = _there(standing_version(text)).sha256, _own_objections(player, text)
    clear_version(actor=player.user, text=text, sha256=sha256, resolving=resolving)


def _own_objections(player: _Player, text: AgreedText) -> list[str]:
    """The keys of those that are open: whoever clears after all says that the wording resolves them."""
    return keys_of(open_objections_of(text, player.state)).split()


def _agree_on_summary(player: _Player) -> None:
    _agree(player, player.summary)


_PLAYS: dict[str, Callable[[_Player], None]] = {
    "propose-languages": _consult,
    "confirm-languages": _confirm,
    "second-confirms": _confirm,
    "open": _open,
    "answer": _answer,
    "submit": _submit,
    "clear": _clear,
    "process-answers": _process,
    "comment": _comment,
    "ask": _ask,
    "send-question": _send_question,
    "send-feedback": _send_feedback,
    "second-feedback": _second_feedback,
    "process-feedback": _process,
    "reply": _reply,
    "send-reply": _send_reply,
    "close-question": _close_question,
    "meet": _meet,
    **dict.fromkeys(("conclude", "own-concludes", "second-concludes"), _conclude),
    "observe": _observe,
    "lay": _lay,
    "propose": _propose,
    "agree": _agree,
    "second-agrees": _agree,
    "shorten": _shorten,
    "lay-passage": _lay_passage,
    "propose-summary": _propose_summary,
    "agree-summary": _agree_on_summary,
    "second-agrees-summary": _agree_on_summary,
}
