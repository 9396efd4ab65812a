"""One of everything that the States exchange, planted into a review at one of its later steps."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dialogue.conclusion.selectors import conclusion_of
from dialogue.conclusion.services import answer_conclusion
from dialogue.exchange import get_feedback_for
from dialogue.exchange.models import WrittenFeedback
from dialogue.feedback import hash_of_draft, recall_feedback
from dialogue.readings import ask_reader, read_as_second
from dialogue.replies import recall_reply
from dialogue.slips.services import save_note
from dialogue.supplements.services import SupplementInput
from observations.documents.formats import TEXT_PDF
from observations.documents.services import start_document
from observations.follow_up.selectors import agreed_observations, get_agreed_for
from observations.follow_up.services import FollowUpInput, record_follow_up, share_follow_up
from observations.publications.services import publish_text
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText
from observations.versions.selectors import standing_version
from portal.dossier.services import start_dossier
from questionnaires.laws.models import Law
from questionnaires.laws.services import add_law
from questionnaires.laws.validators import LawInput
from reviews.cases.models import PartialTeam, Review
from reviews.concerns.services import open_concern
from reviews.consultations.services import propose_consultation
from reviews.dates.selectors import milestone_of
from reviews.dates.services import answer_time_change, ask_extension, ask_pause, record_time_change
from reviews.drafts import shown_to_own_state
from reviews.meetings.enums import MeetingMeans
from reviews.meetings.services import MeetingInput
from reviews.plans.services import draft_plan
from reviews.programme.models import Instrument
from tests import journey
from tests.at_once import (
    add_supplement,
    answer_meeting,
    ask_about_legal_system,
    cancel_meeting,
    clear_feedback,
    draft_answer,
    draft_clarification,
    draft_passage,
    draft_reply,
    edit_passage,
    invite_to_meeting,
    lay_on_table,
    object_to_version,
    propose_version,
    reply_to_objection,
    send_answer,
    send_clarification,
    send_reply,
    send_supplement,
)
from tests.permissions.pieces_answers import plant_shared_answers
from tests.permissions.pieces_notes import plant_notes
from tests.permissions.pieces_observations import plant_observations
from tests.permissions.pieces_polls import plant_polls
from tests.permissions.pieces_threads import plant_threads
from tests.permissions.pieces_translations import confirmed_into_french, plant_translations
from tests.questionnaires.laws.library import put_file
from tests.utils import Cast

QUESTION = "I.untoc.23"
EXCHANGE = ("written_feedback", "dialogue", "observations", "summary")
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass
class Pieces:
    """What there is at the stage; None where there is none of it."""

    clarification_draft: Any = None
    clarification_asked: Any = None
    clarification_answered: Any = None
    concern: Any = None
    concern_with_officer: Any = None
    legal_draft: Any = None
    legal_asked: Any = None
    law: Any = None
    law_draft: Any = None
    voluntary_sent: Any = None
    reply_draft: Any = None
    reply_sent: Any = None
    supplement_draft: Any = None
    supplement_sent: Any = None
    observation_draft: Any = None
    observation_tabled: Any = None
    suggestion_draft: Any = None
    suggestion_open: Any = None
    translation_draft: Any = None
    translation_confirmed: Any = None
    objection: Any = None
    passage_draft: Any = None
    text_job: Any = None
    dossier_job: Any = None
    extension_asked: Any = None
    pause_agreed: Any = None
    meeting_asked: Any = None
    meeting_agreed: Any = None
    meeting_cancelled: Any = None
    notes_draft: Any = None
    notes_laid: Any = None
    held: Any = None
    poll_open: Any = None
    poll_closed: Any = None
    poll_decided: Any = None
    message_draft: Any = None
    message_released: Any = None
    thread_closed: Any = None
    message_recalled: Any = None
    aside: Any = None


class Planter:
    """Plants pieces whose words begin with ``mark``, so that a test can look for them."""

    def __init__(self, cast: Cast, mark: str = "Words") -> None:
        self.cast, self.mark = cast, mark

    def _law(self) -> Law:
        """Of the State under review; a scene has entered one before its answers."""
        given = LawInput("Criminal Code")
        there = Law.objects.filter(state_party=self.cast.state).first()
        law = there or add_law(actor=self.cast.focal_point, review=self.review, given=given)
        if not law.files.exists():
            put_file(self.cast, law, actor=self.cast.focal_point)
        return law

    def plant(self, stage: str) -> Pieces:
        pieces = Pieces(law=self._law())
        if stage == "consultations":
            propose_consultation(
                actor=self.cast.officer, review=self.review, languages=["en"], note=f"{self.mark} proposal."
            )
            PartialTeam.objects.create(
                review=self.review,
                state_party=self.cast.other_group_state,
                reason=f"{self.mark} reason.",
                recorded_by=self.cast.officer,
            )
            self._preparation(pieces)
        if stage == "self_assessment":
            self._time(pieces)
        if stage == "written_feedback" and not self.review.feedback_is_joint:
            self._feedback()
        if stage in EXCHANGE:
            self._replies(pieces, stage)
            self._exchange(pieces)
            self._meetings(pieces)
            plant_threads(pieces, self.review, self.cast, self.mark)
        if stage in EXCHANGE[:-1]:
            plant_observations(pieces, self.cast, self.review, self.text("untoc"), self.mark)
        if stage == "observations":
            self._proposal(pieces)
            plant_translations(pieces, self.cast, self.text("tip"), self.mark)
        if stage == "summary":
            passage = self.text("untoc", TextKind.SUMMARY).passages.all()[0]
            edit_passage(
                actor=self.cast.same_group_focal_point,
                passage=passage,
                text=f"{self.mark} passage.",
                base=passage.revision,
            )
            pieces.passage_draft = draft_passage(
                actor=self.cast.same_group_expert, passage=passage, text=f"{self.mark} drafted passage."
            )
        if stage == "closed":
            self._publication()
            self._follow_up()
            plant_shared_answers(self.cast)
        if stage in {*EXCHANGE, "closed"}:
            pieces.text_job = start_document(self.cast.expert, self.text("untoc"), kind=TEXT_PDF)
            pieces.dossier_job = start_dossier(self.cast.expert, self.review, language="en")
        return pieces

    @property
    def review(self) -> Review:
        return journey.fresh(self.cast.review)

    def text(self, instrument: str, kind: TextKind = TextKind.LIST_OF_OBSERVATIONS) -> AgreedText:
        return AgreedText.objects.get(review=self.cast.review, instrument__slug=instrument, kind=kind)

    def _feedback(self) -> None:
        for expert, state in ((self.cast.same_group_expert, "XLE"), (self.cast.other_group_expert, "XAL")):
            journey.write_feedback(self.review, expert, f"{self.mark} drafted feedback of {state}.")
        self._recalled_feedback()
        self._second_reading()

    def _recalled_feedback(self) -> None:
        """One State has sent its feedback, and recalled it; where the rooms are shared by now, before they were."""
        actor, reason = self.cast.same_group_focal_point, f"{self.mark} reason of a recall."
        if self.review.reviewers_share_room:
            own = WrittenFeedback.objects.filter(review=self.review, state_party=self.cast.same_group_state)
            own.update(recalled_at=timezone.now(), recall_reason=reason)
            return
        sent = clear_feedback(actor=actor, feedback=get_feedback_for(actor, self.review, "XLE"))
        recall_feedback(actor=actor, feedback=sent, reason=reason, number=1, step=self.review.step.slug)

    def _second_reading(self) -> None:
        """The expert of one State has read its feedback, and is asked once more."""
        feedback = get_feedback_for(self.cast.same_group_focal_point, self.review, "XLE")
        reader, said = self.cast.same_group_expert, f"{self.mark} word of a reader."
        ask_reader(actor=self.cast.same_group_focal_point, feedback=feedback, reader=reader.pk)
        feedback.refresh_from_db()
        read_as_second(actor=reader, feedback=feedback, sha256=hash_of_draft(feedback), is_fine=False, word=said)
        ask_reader(actor=self.cast.same_group_focal_point, feedback=feedback, reader=reader.pk)

    def _replies(self, pieces: Pieces, stage: str) -> None:
        """At the dialogue one that was recalled, the other feedback not opened; later it is sent, and one drafted."""

        def reply(state: Any, words: str) -> Any:
            feedback = get_feedback_for(self.cast.focal_point, self.review, state.iso3)
            draft = draft_reply(actor=self.cast.expert, feedback=feedback, text=f"{self.mark} {words} reply.")
            return feedback, draft

        if stage == "dialogue":
            actor, shown = self.cast.focal_point, conclusion_of(self.review).shown
            note = f"{self.mark} note on the end."
            answer_conclusion(actor=actor, review=self.review, agrees=False, shown=shown, note=note)
        if stage not in {"dialogue", "observations"}:
            return
        feedback, pieces.reply_draft = reply(self.cast.other_group_state, "first")
        sent = send_reply(actor=self.cast.focal_point, feedback=feedback)
        if stage == "dialogue":
            recall_reply(actor=self.cast.focal_point, reply=sent, reason=f"{self.mark} reason.", number=1)
        else:
            pieces.reply_sent = sent
            pieces.reply_draft = reply(self.cast.same_group_state, "drafted")[1]

    def _time(self, pieces: Pieces) -> None:
        """An extension that waits for answers, one of them given; a pause that was agreed elsewhere; a draft plan."""
        cast, today = self.cast, timezone.localdate()
        pieces.extension_asked = ask_extension(
            actor=cast.focal_point,
            review=self.review,
            milestone=milestone_of(self.review, "answers_sent"),
            until=today + dt.timedelta(days=90),
            reason=f"{self.mark} reason.",
        )
        pause = ask_pause(
            actor=cast.officer,
            review=self.review,
            starts_on=today,
            until=today + dt.timedelta(days=9),
            reason=f"{self.mark} reason of the pause.",
        )
        answer_time_change(actor=cast.focal_point, change=pause, agrees=True, note=f"{self.mark} note.")
        pieces.pause_agreed = record_time_change(actor=cast.officer, change=pause, how=f"{self.mark} telephone.")
        draft_plan(actor=cast.officer, source=self.review.plan_version)

    def _exchange(self, pieces: Pieces) -> None:
        cast, untoc = self.cast, Instrument.objects.get(slug="untoc")

        def ask(words: str) -> Any:
            return draft_clarification(
                actor=cast.same_group_expert, review=self.review, instrument=untoc, question_code=QUESTION, text=words
            )

        self._preparation(pieces)
        pieces.clarification_draft = ask(f"{self.mark} drafted request.")
        save_note(
            actor=cast.same_group_expert,
            review=self.review,
            instrument=untoc,
            question_code=QUESTION,
            text=f"{self.mark} private note.",
            base=0,
            shown=shown_to_own_state(cast.same_group_state.pk),
        )
        asked = send_clarification(actor=cast.same_group_focal_point, request=ask(f"{self.mark} sent request."))
        draft_answer(actor=cast.expert, request=asked, text=f"{self.mark} drafted answer.", base=0)
        pieces.clarification_asked = asked
        answered = send_clarification(actor=cast.same_group_focal_point, request=ask(f"{self.mark} further request."))
        draft_answer(actor=cast.expert, request=answered, text=f"{self.mark} sent answer.", base=0)
        pieces.clarification_answered = send_answer(actor=cast.focal_point, request=answered)
        pieces.supplement_draft = self._supplement("drafted source")
        pieces.supplement_sent = send_supplement(actor=cast.focal_point, supplement=self._supplement("sent source"))

    def _preparation(self, pieces: Pieces) -> None:
        """Questions about the legal system, a law and voluntary information; each in its room, and on the table."""
        cast = self.cast

        def ask(words: str) -> Any:
            return ask_about_legal_system(actor=cast.same_group_expert, review=self.review, text=words)

        def offer(words: str, kind: str, **more: str) -> Any:
            given = SupplementInput(f"{self.mark} {words}", "", "https://law.example/1", kind=kind, **more)
            return add_supplement(actor=cast.expert, review=self.review, given=given)

        pieces.concern = self._concern(with_secretariat=False)
        pieces.concern_with_officer = self._concern(with_secretariat=True)
        pieces.legal_draft = ask(f"{self.mark} drafted question.")
        pieces.legal_asked = send_clarification(
            actor=cast.same_group_focal_point, request=ask(f"{self.mark} sent question.")
        )
        draft_answer(actor=cast.expert, request=pieces.legal_asked, text=f"{self.mark} drafted answer.", base=0)
        pieces.law_draft = offer("law", "law")
        law = send_supplement(actor=cast.focal_point, supplement=offer("sent law", "law"))
        ask_about_legal_system(
            actor=cast.same_group_expert, review=self.review, text=f"{self.mark} on a law.", law=law.title
        )
        voluntary = offer(
            "voluntary", "voluntary", answers_to=f"{self.mark} paragraph", information=f"{self.mark} information."
        )
        pieces.voluntary_sent = send_supplement(actor=cast.focal_point, supplement=voluntary)

    def _concern(self, *, with_secretariat: bool) -> Any:
        """Between the State under review and the reviewing State of the same group."""
        return open_concern(
            actor=self.cast.focal_point,
            review=self.review,
            states=[self.cast.same_group_state],
            officer=self.cast.officer if with_secretariat else None,
            text=f"{self.mark} concern.",
        )

    def _supplement(self, words: str) -> Any:
        file = SimpleUploadedFile("law.pdf", PDF, "application/pdf")
        given = SupplementInput(f"{self.mark} {words}", "pp. 1-3", "https://law.example/1", file)
        return add_supplement(actor=self.cast.expert, review=self.review, given=given)

    def _meetings(self, pieces: Pieces) -> None:
        """An invitation to which one State has said no, a meeting that is agreed, and one that was cancelled."""
        cast = self.cast

        def invite(days: int) -> Any:
            given = MeetingInput(
                day=timezone.localdate() + dt.timedelta(days=days),
                at=dt.time(10),
                time_zone="Europe/Vienna",
                minutes=60,
                means=MeetingMeans.VIDEOCONFERENCE,
                place=f"{self.mark} room.",
                link="https://meet.example/1",
                agenda=f"{self.mark} agenda.",
            )
            return invite_to_meeting(actor=cast.same_group_expert, review=self.review, given=given)

        def say(actor: Any, meeting: Any, agrees: bool) -> None:
            answer_meeting(actor=actor, meeting=meeting, revision=1, agrees=agrees, note=f"{self.mark} word why.")

        pieces.meeting_asked = invite(10)
        say(cast.other_group_expert, pieces.meeting_asked, agrees=False)
        pieces.meeting_agreed = invite(12)
        for expert in (cast.expert, cast.other_group_expert):
            say(expert, pieces.meeting_agreed, agrees=True)
        plant_polls(pieces, cast, self.review, self.mark)
        plant_notes(pieces, cast, self.mark)
        pieces.meeting_cancelled = cancel_meeting(
            actor=cast.same_group_expert, meeting=invite(14), reason=f"{self.mark} reason."
        )

    def _proposal(self, pieces: Pieces) -> None:
        text = self.text("tip")
        observation = journey.write_observation(
            self.review, self.cast.same_group_focal_point, text, f"{self.mark} proposed observation."
        )
        lay_on_table(actor=self.cast.same_group_focal_point, observation=observation)
        version = propose_version(actor=self.cast.same_group_focal_point, text=text)
        pieces.objection, _on_paragraph = object_to_version(
            actor=self.cast.focal_point,
            text=text,
            sha256=version.sha256,
            reason=f"{self.mark} objection.",
            points={1: f"{self.mark} objection to a paragraph."},
        )
        reply_to_objection(
            actor=self.cast.same_group_focal_point, objection=pieces.objection, text=f"{self.mark} reply.", seen=0
        )
        propose_version(actor=self.cast.same_group_focal_point, text=self.text("tip"))

    def _follow_up(self) -> None:
        """An item for each audience, and one that is shared with nobody; each with a record that came after."""
        items = [each.pk for each in agreed_observations(self.review)]
        for key, audience in zip(items, ("public", "states_parties", "review_team", ""), strict=False):
            item = get_agreed_for(self.cast.focal_point, self.review, key)
            for base in (0, 1):
                said = FollowUpInput("not_pursued", f"{self.mark} action {base}.", self.mark, None, f"{self.mark} why.")
                record_follow_up(actor=self.cast.expert, observation=item, given=said, base=base)
                if audience and not base:
                    share_follow_up(actor=self.cast.focal_point, observation=item, audience=audience, base=1)

    def _publication(self) -> None:
        """A list that is public, and a summary that is open to all States parties."""
        audiences = {TextKind.LIST_OF_OBSERVATIONS: "public", TextKind.SUMMARY: "states_parties"}
        for kind, audience in audiences.items():
            text = self.text("tip", kind)
            version: Any = standing_version(text)
            given = {"audience": audience, "translations": confirmed_into_french(self.cast, text, audience)}
            publication = publish_text(actor=self.cast.focal_point, text=text, sha256=version.sha256, **given)
            publication.pdf.save("published.pdf", SimpleUploadedFile("published.pdf", PDF))
