"""No confidential text in the record of acts or in the mails, whatever is written where.

A word is planted into every field of every service of the exchange. First each is found in its own row.
"""

import dataclasses
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document as WordDocument
from pytest_django import Settings

from core.models import AuditEntry, Notification
from dialogue.exchange.models import WrittenFeedback
from dialogue.exchange.selectors import articles_under_review
from dialogue.supplements.services import SupplementInput
from observations.clearance.services import clear_version
from observations.observations.services import ObservationInput
from observations.publications.services import end_publication, publish_text
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText
from observations.texts.selectors import headings_of, observations_on_table, passages_of
from observations.versions.selectors import standing_version
from questionnaires.sending.services import open_response
from reviews.consultations.services import confirm_consultation, propose_consultation
from reviews.meetings.enums import MeetingMeans
from reviews.meetings.services import MeetingInput
from reviews.programme.models import Instrument
from tests import journey
from tests.at_once import (
    add_supplement,
    answer_meeting,
    cancel_meeting,
    change_meeting,
    clear_feedback,
    close_clarification,
    discard_clarification,
    discard_supplement,
    draft_answer,
    draft_clarification,
    draft_observation,
    edit_clarification,
    edit_observation,
    edit_passage,
    edit_supplement,
    invite_to_meeting,
    lay_on_table,
    log_meeting,
    object_to_version,
    propose_version,
    reject_suggestion,
    reply_to_objection,
    save_comment,
    send_answer,
    send_clarification,
    send_supplement,
    suggest,
    withdraw_observation,
    write_to_all,
)
from tests.reviews.minutes.minutes import held, lay, say, write
from tests.reviews.polls.polls import answer as answer_poll, proposed
from tests.utils import Cast, take_cast_to

pytestmark = pytest.mark.django_db
CANARY = "Zanzibar"


@pytest.fixture
def _files(settings: Settings, tmp_path: Path) -> None:
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}


class Writer:
    """Does everything that the services of the exchange offer, each time with a secret of its own."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.secrets = cast, list[str]()
        self.convention = Instrument.objects.get(slug="untoc")

    def secret(self, what: str) -> str:
        self.secrets.append(f"{CANARY} {what}")
        return self.secrets[-1]

    def consult(self) -> None:
        cast = self.cast
        propose_consultation(
            actor=cast.focal_point,
            review=cast.review,
            languages=["en", "fr", "ar"],
            reason=self.secret("reason"),
            note=self.secret("note"),
        )
        for user in (cast.same_group_focal_point, cast.other_group_focal_point):
            confirm_consultation(actor=user, review=cast.review, number=1)

    def write_feedback(self) -> None:
        cast = self.cast
        for iso3, user in (("XLE", cast.same_group_focal_point), ("XAL", cast.other_group_focal_point)):
            feedback = WrittenFeedback.objects.get(review=cast.review, state_party__iso3=iso3)
            given = {"actor": user, "feedback": feedback, "instrument": self.convention, "base": 0}
            save_comment(**given, question_code="I.untoc.5", text=self.secret(f"comment of {iso3}"))
            article = articles_under_review(cast.review, self.convention)[0]
            save_comment(**given, article=article, text=self.secret(f"comment of {iso3} on an article"))
            clear_feedback(actor=user, feedback=feedback)

    def clarify(self) -> None:
        cast = self.cast
        given = {
            "actor": cast.same_group_expert,
            "review": cast.review,
            "instrument": self.convention,
            "question_code": "I.untoc.23",
        }
        discard_clarification(
            actor=cast.same_group_expert, request=draft_clarification(**given, text=f"{CANARY} thrown away")
        )
        request = draft_clarification(**given, text=f"{CANARY} first words")
        edit_clarification(actor=cast.same_group_expert, request=request, text=self.secret("request"), base=1)
        send_clarification(actor=cast.same_group_focal_point, request=request)
        draft_answer(actor=cast.expert, request=request, text=self.secret("answer"), base=0)
        send_answer(actor=cast.focal_point, request=request)
        close_clarification(actor=cast.same_group_focal_point, request=request)

    def add_sources(self) -> None:
        cast = self.cast
        document, out = WordDocument(), io.BytesIO()
        document.add_paragraph(f"{CANARY} in a file")
        document.save(out)
        given = SupplementInput(
            title=self.secret("title"),
            pages=self.secret("pages"),
            link=f"https://law.example/{self.secret('link').replace(' ', '-')}",
            file=SimpleUploadedFile(f"{self.secret('file')}.docx", out.getvalue()),
        )
        self.secrets[-2] = self.secrets[-2].replace(" ", "-")
        first = add_supplement(
            actor=cast.expert, review=cast.review, given=SupplementInput(title=CANARY, link="https://law.example/")
        )
        discard_supplement(actor=cast.expert, supplement=first)
        supplement = add_supplement(actor=cast.expert, review=cast.review, given=given)
        edit_supplement(actor=cast.expert, supplement=supplement, given=given)
        send_supplement(actor=cast.focal_point, supplement=supplement)

    def meet(self) -> None:
        log_meeting(
            actor=self.cast.focal_point,
            review=self.cast.review,
            held_on=timezone.localdate(),
            means=MeetingMeans.IN_PERSON,
            others=self.secret("guests"),
            subject=self.secret("subject"),
        )
        self.note_what_was_said()
        self.plan_to_meet()
        journey.conclude(self.cast.review)

    def note_what_was_said(self) -> None:
        cast, meeting = self.cast, held(self.cast)
        lay(cast.focal_point, write(cast.expert, meeting, f"{CANARY} notes"))
        say(cast.same_group_focal_point, meeting, agrees=False, note=self.secret("objection to notes"))
        write(cast.focal_point, meeting, self.secret("changed notes"))

    def plan_to_meet(self) -> None:
        cast = self.cast
        given = MeetingInput(
            day=timezone.localdate() + dt.timedelta(days=10),
            at=dt.time(10),
            time_zone="Europe/Vienna",
            minutes=60,
            means=MeetingMeans.IN_PERSON,
            place=self.secret("place"),
            link=f"https://meet.example/{self.secret('meeting link').replace(' ', '-')}",
            agenda=self.secret("agenda"),
        )
        self.secrets[-2] = self.secrets[-2].replace(" ", "-")
        meeting = invite_to_meeting(actor=cast.same_group_expert, review=cast.review, given=given)
        for user in (cast.expert, cast.other_group_expert):
            answer = {"revision": meeting.revision, "agrees": True, "note": self.secret(f"word of {user}")}
            answer_meeting(actor=user, meeting=meeting, **answer)
        poll = proposed(cast, place=self.secret("place of a poll"), agenda=self.secret("agenda of a poll"))
        answer_poll(cast.expert, poll, "yes no", note=self.secret("note on a poll"))
        meeting.refresh_from_db()
        later = dataclasses.replace(given, day=given.day + dt.timedelta(days=1))
        change_meeting(actor=cast.same_group_expert, meeting=meeting, revision=1, given=later)
        cancel_meeting(actor=cast.same_group_expert, meeting=meeting, reason=self.secret("reason of the cancellation"))

    def observe(self) -> None:
        cast, text = self.cast, self.text()
        articles = list(articles_under_review(cast.review, self.convention)[:1])

        def given(words: str) -> ObservationInput:
            return ObservationInput(headings_of(cast.review)[0], articles, words, ["I.untoc.5"])

        for what in ("observation", "observation withdrawn"):
            observation = draft_observation(
                actor=cast.same_group_expert, text=text, given=given(self.secret(f"{what} first"))
            )
            edit_observation(
                actor=cast.same_group_expert, observation=observation, given=given(self.secret(what)), base=1
            )
            lay_on_table(actor=cast.same_group_focal_point, observation=observation)
        withdraw_observation(actor=cast.same_group_focal_point, observation=observation)

    def text(self, kind: TextKind = TextKind.LIST_OF_OBSERVATIONS) -> AgreedText:
        return AgreedText.objects.get(review=self.cast.review, instrument=self.convention, kind=kind)

    def suggest(self) -> None:
        place = observations_on_table(self.text())[0]
        words = {"text": self.secret("suggestion"), "why": self.secret("suggestion why")}
        row = suggest(actor=self.cast.focal_point, place=place, **words)
        write_to_all(actor=self.cast.focal_point, suggestion=row, text=self.secret("word below a suggestion"))
        reject_suggestion(
            actor=self.cast.same_group_focal_point, suggestion=row, reason=self.secret("suggestion reason")
        )

    def agree(self) -> None:
        cast = self.cast
        self.suggest()
        version = propose_version(actor=cast.same_group_focal_point, text=self.text())
        objection = object_to_version(
            actor=cast.focal_point, text=self.text(), sha256=version.sha256, reason=self.secret("objection")
        )[0]
        reply_to_objection(
            actor=cast.same_group_focal_point, objection=objection, text=self.secret("objection reply"), seen=0
        )
        journey.agree_on(self.text())

    def summarize_and_publish(self) -> None:
        cast, summary = self.cast, self.text(TextKind.SUMMARY)
        propose_version(actor=cast.same_group_focal_point, text=summary)
        edit_passage(
            actor=cast.same_group_focal_point, passage=passages_of(summary)[0], text=self.secret("passage"), base=1
        )
        version = propose_version(actor=cast.same_group_focal_point, text=summary)
        for user in (cast.focal_point, cast.other_group_focal_point):
            clear_version(actor=user, text=summary, sha256=version.sha256)
        agreed = standing_version(self.text())
        publish_text(actor=cast.focal_point, text=self.text(), sha256=agreed.sha256)
        end_publication(actor=cast.focal_point, text=self.text())


@pytest.fixture
def writer(make_cast: Callable[..., Cast], _files: None) -> Writer:
    writer = Writer(make_cast("consultations"))
    writer.consult()
    writer.cast.response = open_response(writer.cast.officer, writer.cast.review)
    take_cast_to("written_feedback", writer.cast)
    writer.write_feedback()
    writer.cast.review.refresh_from_db()
    for act in (writer.clarify, writer.add_sources, writer.meet, writer.observe, writer.agree):
        act()
    writer.summarize_and_publish()
    return writer


def test_no_secret_is_in_the_audit_or_in_a_mail(writer: Writer) -> None:
    stored = everything_stored()
    assert [secret for secret in writer.secrets if secret not in stored] == [], "all of it was really written"
    entries = AuditEntry.objects.values_list("before", "after", "reason", "target_label")
    audit = json.dumps([list(entry) for entry in entries], ensure_ascii=False)
    mails = json.dumps(list(Notification.objects.values_list("context", "key")), ensure_ascii=False)
    assert CANARY not in audit
    assert CANARY not in mails
    assert AuditEntry.objects.filter(verb__startswith="reviews.").count() > 40
    assert Notification.objects.filter(template="reviews/news").count() > 20


def everything_stored() -> str:
    written_in = ("dialogue", "observations", "portal", "reviews")
    models = [model for app in written_in for model in apps.get_app_config(app).get_models() if model._meta.managed]
    return json.dumps([list(model.objects.values()) for model in models], default=str, ensure_ascii=False)
