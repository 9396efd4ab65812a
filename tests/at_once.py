"""The writes of the exchange as done by people who look and act in the same moment.

Each is the service of its name, given what a page would show its reader now; a test that looks earlier than it acts, or
shows something else, calls the service itself or passes ``shown``, ``base`` and the like.
"""

from collections.abc import Callable
from typing import Any

from core.database.identity import identified_as_system
from dialogue.clarifications import services as clarifications
from dialogue.exchange.models import ClarificationAnswer, FeedbackReply
from dialogue.feedback import services as feedback
from dialogue.replies import services as replies
from dialogue.supplements.services import add_supplement, discard_supplement, edit_supplement, send_supplement
from observations.clearance import services as agreement
from observations.objections import services as objections
from observations.observations import services as observations
from observations.observations.shown import shown_of_observation
from observations.suggestion_notes import services as suggestion_notes
from observations.suggestions import services as suggestions
from observations.summaries import arranging, services as summaries
from observations.summaries.selectors import token_of
from observations.texts.models import Objection, Observation
from observations.texts.selectors import passages_of
from observations.versions.selectors import standing_version
from observations.versions.shown import shown_of_text
from observations.wording.documents import hash_of_table
from reviews.cases.models import Participation, Review
from reviews.drafts.shown import Shown
from reviews.drafts.situations import shown_in_room, shown_of, shown_on_table, shown_to_own_state
from reviews.meetings import services as meetings
from reviews.meetings.services import log_meeting

Look = Callable[[dict[str, Any]], dict[str, Any]]


def _at_once(service: Callable[..., Any], look: Look) -> Callable[..., Any]:
    def act(**given: Any) -> Any:
        with identified_as_system():
            seen = look(given)
        return service(**{**seen, **given})

    return act


def _now(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def _own_room(review: Review, actor: Any) -> Shown:
    """That of the actor's State; of the State under review for those who act for none, and are refused."""
    review = _now(review)
    part = Participation.objects.filter(review=review, user_id=actor.pk, ended_at=None).first()
    return shown_in_room(review, part.state_party_id if part else review.state_under_review_id)


def _text(given: dict[str, Any]) -> dict[str, Any]:
    return {"shown": _own_room(given["text"].review, given["actor"])}


def _answer(given: dict[str, Any]) -> dict[str, Any]:
    answer = ClarificationAnswer.objects.filter(request=given["request"]).first()
    return {"base": answer.revision if answer else 0, "shown": shown_on_table(_now(given["request"].review))}


def _answer_read(given: dict[str, Any]) -> dict[str, Any]:
    answer = ClarificationAnswer.objects.filter(request=given["request"], sent_at__isnull=False).first()
    return {"base": answer.revision if answer else 0}


def _reply_of(given: dict[str, Any]) -> FeedbackReply | None:
    return FeedbackReply.objects.filter(feedback=given["feedback"]).first()


def _reply_seen(given: dict[str, Any]) -> dict[str, Any]:
    reply, review = _reply_of(given), _now(given["feedback"].review)
    return {
        "feedback_sha256": _now(given["feedback"]).sha256,
        "base": reply.revision if reply else 0,
        "shown": shown_in_room(review, review.state_under_review_id),
    }


def _reply_to_send(given: dict[str, Any]) -> dict[str, Any]:
    reply, shown = _reply_of(given), shown_on_table(_now(given["feedback"].review))
    return {
        "feedback_sha256": _now(given["feedback"]).sha256,
        "base": reply.revision if reply else 0,
        "number": reply.next_number if reply else 1,
        "shown": shown,
    }


def _to_send(name: str) -> Look:
    def look(given: dict[str, Any]) -> dict[str, Any]:
        piece = _now(given[name])
        return {"base": piece.revision, "shown": shown_on_table(piece.review)}

    return look


def _piece(name: str) -> Look:
    def look(given: dict[str, Any]) -> dict[str, Any]:
        piece = _now(given[name])
        shown = shown_of_observation(piece) if isinstance(piece, Observation) else shown_of(piece)
        return {"base": piece.revision, "shown": shown}

    return look


def _base(name: str) -> Look:
    return lambda given: {"base": type(given[name])._default_manager.get(pk=given[name].pk).revision}


def _laid(given: dict[str, Any]) -> dict[str, Any]:
    observation = _now(given["observation"])
    return {"base": observation.revision, "shown": shown_of_text(observation.agreed_text)}


def _own_objections(given: dict[str, Any]) -> list[str]:
    """The keys of those of the actor's State that are open."""
    parts = Participation.objects.filter(review=given["text"].review_id, user_id=given["actor"].pk, ended_at=None)
    rows = Objection.objects.filter(version__agreed_text=given["text"].pk, ended_at=None)
    return [str(row.pk) for row in rows.filter(state_party__in=parts.values("state_party"))]


def _proposed(given: dict[str, Any]) -> dict[str, Any]:
    return {"sha256": hash_of_table(_now(given["text"])), "resolving": _own_objections(given)}


def _cleared(given: dict[str, Any]) -> dict[str, Any]:
    version = standing_version(given["text"])
    return {"sha256": version.sha256 if version else "", "resolving": _own_objections(given)}


def _passage(given: dict[str, Any]) -> dict[str, Any]:
    return {"shown": shown_of_text(_now(given["passage"].agreed_text))}


def _arranged(given: dict[str, Any]) -> dict[str, Any]:
    summary = _now(given["passage"].agreed_text)
    return {"shown": shown_of_text(summary), "seen": token_of(passages_of(summary))}


def _drafted(given: dict[str, Any]) -> dict[str, Any]:
    passage = _now(given["passage"])
    return {"shown": _own_room(passage.agreed_text.review, given["actor"]), "base": 0, "copied": passage.revision}


def _suggested(given: dict[str, Any]) -> dict[str, Any]:
    place = _now(given["place"])
    shown = suggestions.shown_of_new(given["actor"], place.agreed_text)
    return {"place": place, "base": place.revision, "shown": shown}


def write_to_all(*, actor: Any, suggestion: Any, text: str) -> Any:
    """Below a suggestion, for the actor's State."""
    look: Look = lambda given: {"shown": shown_on_table(given["suggestion"].review)}  # noqa: E731
    return _at_once(suggestion_notes.write_to_all, look)(actor=actor, suggestion=suggestion, text=text)


def write_to_colleagues(*, actor: Any, suggestion: Any, text: str, **more: Any) -> Any:
    def look(given: dict[str, Any]) -> dict[str, Any]:
        part = Participation.objects.get(review=given["suggestion"].review_id, user_id=given["actor"].pk, ended_at=None)
        return {"shown": shown_to_own_state(part.state_party_id)}

    return _at_once(suggestion_notes.write_to_colleagues, look)(actor=actor, suggestion=suggestion, text=text, **more)


def suggest(*, actor: Any, place: Any, text: str, why: str = "") -> Any:
    """Wording, on what stands there now."""
    written = suggestions.SuggestionInput(text, why)
    return _at_once(suggestions.suggest, _suggested)(actor=actor, place=_now(place), given=written)


def _invited(given: dict[str, Any]) -> dict[str, Any]:
    return {"shown": shown_on_table(given["meeting"].review)}


def _given_up(given: dict[str, Any]) -> dict[str, Any]:
    return _invited(given) | {"revision": _now(given["meeting"]).revision}


def _laid_passage(given: dict[str, Any]) -> dict[str, Any]:
    draft = _now(given["draft"])
    shown = shown_of_text(draft.passage.agreed_text)
    return {"base": draft.revision, "replaces": draft.passage.revision, "shown": shown}


draft_reply = _at_once(replies.draft_reply, _reply_seen)
send_reply = _at_once(replies.send_reply, _reply_to_send)
save_comment = _at_once(feedback.save_comment, lambda given: {"shown": shown_of(_now(given["feedback"]))})
clear_feedback = _at_once(
    feedback.clear_feedback,
    lambda given: {
        "sha256": feedback.hash_of_draft(_now(given["feedback"])),
        "number": _now(given["feedback"]).next_number,
    },
)
draft_clarification = _at_once(
    clarifications.draft_clarification, lambda given: {"shown": _own_room(given["review"], given["actor"])}
)
ask_about_legal_system = _at_once(
    clarifications.ask_about_legal_system, lambda given: {"shown": _own_room(given["review"], given["actor"])}
)
edit_clarification = _at_once(clarifications.edit_clarification, _piece("request"))
discard_clarification = _at_once(clarifications.discard_clarification, _base("request"))
send_clarification = _at_once(clarifications.send_clarification, _to_send("request"))
draft_answer = _at_once(
    clarifications.draft_answer,
    lambda given: {"shown": shown_in_room(given["request"].review, given["request"].review.state_under_review_id)},
)
send_answer = _at_once(clarifications.send_answer, _answer)
close_clarification = _at_once(clarifications.close_clarification, _answer_read)
add_supplement = _at_once(
    add_supplement,
    lambda given: {"shown": shown_in_room(given["review"], given["review"].state_under_review_id)},
)
edit_supplement = _at_once(edit_supplement, _piece("supplement"))
discard_supplement = _at_once(discard_supplement, _base("supplement"))
send_supplement = _at_once(send_supplement, _to_send("supplement"))
log_meeting = _at_once(log_meeting, lambda given: {"shown": shown_on_table(given["review"])})
invite_to_meeting = _at_once(meetings.invite_to_meeting, lambda given: {"shown": shown_on_table(given["review"])})
answer_meeting = _at_once(meetings.answer_meeting, _invited)
change_meeting = _at_once(meetings.change_meeting, _invited)
cancel_meeting = _at_once(meetings.cancel_meeting, _given_up)
record_planned_meeting = _at_once(meetings.record_planned_meeting, _invited)
draft_observation = _at_once(observations.draft_observation, _text)
copy_observation = _at_once(
    observations.copy_observation,
    lambda given: {
        "base": _now(given["source"]).revision,
        "shown": _own_room(given["source"].review, given["actor"]),
    },
)
edit_observation = _at_once(observations.edit_observation, _piece("observation"))
lay_on_table = _at_once(observations.lay_on_table, _laid)
withdraw_observation = _at_once(
    observations.withdraw_observation,
    lambda given: {**_piece("observation")(given), "reason": "Another observation says it."},
)
edit_passage = _at_once(summaries.edit_passage, _passage)
draft_passage = _at_once(summaries.draft_passage, _drafted)
lay_passage = _at_once(summaries.lay_passage, _laid_passage)
discard_passage = _at_once(summaries.discard_passage, _base("draft"))
merge_passages = _at_once(arranging.merge_passages, _arranged)
leave_out = _at_once(arranging.leave_out, _arranged)
put_in = _at_once(arranging.put_in, _arranged)
place_passage = _at_once(arranging.place_passage, _arranged)
propose_version = _at_once(agreement.propose_version, _proposed)
clear_version = _at_once(agreement.clear_version, _cleared)
object_to_version = _at_once(agreement.object_to_version, lambda given: {"shown": shown_of_text(_now(given["text"]))})
reply_to_objection = _at_once(
    objections.reply_to_objection,
    lambda given: {"shown": shown_on_table(given["objection"].version.agreed_text.review)},
)
reject_suggestion = _at_once(
    suggestions.reject_suggestion,
    lambda given: {
        "base": _now(given["suggestion"]).place.revision,
        "shown": shown_on_table(given["suggestion"].review),
    },
)
