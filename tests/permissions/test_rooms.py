"""What lies in the room of one State never reaches another: words are planted into every draft of the exchange.

First each State proves that it meets its own; then exactly what everybody finds on all pages, in the documents, in the
mails and in the record of acts.
"""

import html
import io
import json

import pytest
from django.core import mail
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import translation
from docx import Document as WordDocument
from pypdf import PdfReader

from core import audit
from core.documents.pdf import missing_pdf_libraries
from core.mail import notifications
from core.models import AuditEntry, Notification
from core.policy import explain
from dialogue.exchange.enums import ExchangeAction
from dialogue.exchange.models import WrittenFeedback
from observations.documents.docx import render_text_docx
from observations.documents.pdf import render_text_pdf
from observations.texts.enums import TextAction, TextKind
from observations.wording.documents import current_document, printed_status_of
from tests import utils
from tests.dialogue.joint.joint import clear, set_joint, write
from tests.permissions.pieces import Planter
from tests.permissions.urls import PAGES
from tests.permissions.urls_base import Page, Scene
from tests.utils import login_as, set_common_room

pytestmark = pytest.mark.django_db

MARK = "Zanzibar-4711"
DRAFTS_OF_XLE = {"drafted request", "drafted observation"}
NOTE_OF_XLE = {"private note", "word of a reader"}  # which a common room does not open
DRAFTS_OF_STATE_UNDER_REVIEW = {"drafted answer", "drafted source"}
ON_TABLE = {"sent request", "sent source", "tabled observation"}
FEEDBACK_OF_XLE, FEEDBACK_OF_XAL = {"drafted feedback of XLE"}, {"drafted feedback of XAL"}
JOINT = "joint feedback of all"
EVERYTHING = NOTE_OF_XLE | DRAFTS_OF_XLE | DRAFTS_OF_STATE_UNDER_REVIEW | ON_TABLE | FEEDBACK_OF_XLE | FEEDBACK_OF_XAL
READ_BY = {
    "focal_point": ON_TABLE | DRAFTS_OF_STATE_UNDER_REVIEW,
    "expert": ON_TABLE | DRAFTS_OF_STATE_UNDER_REVIEW,
    "observer": ON_TABLE | DRAFTS_OF_STATE_UNDER_REVIEW,
    "same_group_focal_point": ON_TABLE | NOTE_OF_XLE | DRAFTS_OF_XLE | FEEDBACK_OF_XLE,
    "same_group_expert": ON_TABLE | NOTE_OF_XLE | DRAFTS_OF_XLE | FEEDBACK_OF_XLE,
    "same_group_observer": ON_TABLE | NOTE_OF_XLE | DRAFTS_OF_XLE | FEEDBACK_OF_XLE,
    "other_group_focal_point": ON_TABLE | FEEDBACK_OF_XAL,
    "other_group_expert": ON_TABLE | FEEDBACK_OF_XAL,
    "officer": ON_TABLE,
    "administrator": ON_TABLE,
    "auditor": set(),
    "contributor": set(),
    "bystander": set(),
    "stranger": set(),
}
# Where the reviewing States share their room they read each other's drafts, and nothing else changes.
COMMON = DRAFTS_OF_XLE | FEEDBACK_OF_XLE | FEEDBACK_OF_XAL
READ_BY_IN_COMMON_ROOM = {
    name: words | COMMON if name.startswith(("same_group_", "other_group_")) else words
    for name, words in READ_BY.items()
}
# One of each kind every day, all others in a long proof: a common room stands here alone. For a word in each row of the
# States' own rooms the walk looks every day, as one of each kind too; here it is one who meets the most.
EVERY_DAY = {"focal_point", "same_group_focal_point", "other_group_expert", "officer"}
EVERYBODY = [name if name in EVERY_DAY else pytest.param(name, marks=pytest.mark.prove) for name in READ_BY]
EVERYBODY_IN_OWN_ROOMS = [
    name if name == "same_group_focal_point" else pytest.param(name, marks=pytest.mark.prove) for name in READ_BY
]
# Addresses with a State of their own: every State's is asked for, whoever asks.
STATES = ("XLE", "XAL")


def own_rooms() -> Scene:
    cast = utils.take_cast_to("written_feedback", utils.make_cast())
    pieces = Planter(cast, MARK).plant("written_feedback")
    audit.chain_now()
    return Scene(utils.fresh(cast), None, None, None, pieces)


def common_room() -> Scene:
    """The same where a common room was opened before anything was written."""
    cast = utils.take_cast_to("written_feedback", utils.make_cast())
    set_common_room(cast.review)
    pieces = Planter(utils.fresh(cast), MARK).plant("written_feedback")
    return Scene(utils.fresh(cast), None, None, None, pieces)


def joint_draft() -> Scene:
    """One draft of the reviewing States together, which one of them has cleared."""
    cast = utils.take_cast_to("written_feedback", utils.make_cast())
    set_joint(cast)
    pieces = Planter(utils.fresh(cast), MARK).plant("written_feedback")
    write(cast, cast.same_group_expert, f"{MARK} {JOINT}.")
    clear(cast, cast.same_group_focal_point)
    audit.chain_now()
    return Scene(utils.fresh(cast), None, None, None, pieces)


@pytest.fixture
def scene(kept: Scene) -> Scene:
    return kept


@pytest.fixture
def common(kept: Scene) -> Scene:
    return kept


@pytest.fixture
def joint(kept: Scene) -> Scene:
    return kept


def words_in(text: str) -> set[str]:
    return {words for words in {*EVERYTHING, JOINT} if f"{MARK} {words}" in text}


def readable_pages() -> list[Page]:
    return [
        page for page in PAGES if page.method == "get" and "written_feedback" in page.access and ":job" not in page.name
    ]


def addresses(scene: Scene) -> list[str]:
    found = []
    for page in readable_pages():
        if page.name.startswith("questionnaires:submission"):
            continue
        args = page.args(scene)
        variants = [[state if arg in STATES else arg for arg in args] for state in STATES]
        found += [reverse(page.name, args=variant) for variant in variants]
    return sorted(set(found))


def body_of(http_response: HttpResponseBase) -> str:
    content = b"".join(http_response.streaming_content) if http_response.streaming else http_response.content
    return html.unescape(content.decode(errors="replace"))


def words_found(scene: Scene, name: str) -> set[str]:
    client = login_as(Client(raise_request_exception=False), scene.cast.people[name])
    with translation.override("en"):
        seen: set[str] = set()
        for address in addresses(scene):
            seen |= words_in(body_of(client.get(address, follow=True)))
    return seen


@pytest.mark.kept.with_args(own_rooms)
@pytest.mark.parametrize("name", EVERYBODY_IN_OWN_ROOMS)
def test_everybody_meets_exactly_the_words_of_the_table_and_of_the_own_room(scene: Scene, name: str) -> None:
    assert words_found(scene, name) == READ_BY[name]


@pytest.mark.kept.with_args(common_room)
@pytest.mark.parametrize("name", EVERYBODY)
def test_in_a_common_room_the_reviewing_states_read_each_other_and_nobody_else_reads_more(
    common: Scene, name: str
) -> None:
    assert words_found(common, name) == READ_BY_IN_COMMON_ROOM[name]


@pytest.mark.kept.with_args(joint_draft)
@pytest.mark.parametrize("name", EVERYBODY)
def test_a_joint_draft_is_met_by_the_people_of_the_reviewing_states_alone(joint: Scene, name: str) -> None:
    of_each = FEEDBACK_OF_XLE | FEEDBACK_OF_XAL | {"word of a reader"}  # which nobody writes here
    together = {JOINT} if name.startswith(("same_group_", "other_group_")) else set()
    assert words_found(joint, name) == (READ_BY[name] - of_each) | together


@pytest.mark.kept.with_args(joint_draft)
def test_neither_mails_nor_the_record_hold_a_word_of_a_joint_draft(joint: Scene) -> None:
    kept = [notification.context for notification in Notification.objects.all()]
    entries = list(AuditEntry.objects.values_list("before", "after", "reason", "target_label"))
    assert any("joint feedback" in json.dumps(each) for each in kept), "the other State was told of the clearance"
    assert words_in(json.dumps([kept, [list(entry) for entry in entries]], ensure_ascii=False)) == set()


@pytest.mark.kept.with_args(common_room)
@pytest.mark.parametrize(
    "name",
    ["same_group_focal_point", "other_group_focal_point", pytest.param("focal_point", marks=pytest.mark.prove)],
)
def test_the_closing_of_the_common_room_hides_from_each_state_what_the_other_wrote(common: Scene, name: str) -> None:
    set_common_room(common.cast.review, shared=False)
    utils.fresh(common.cast)
    assert words_found(common, name) == READ_BY[name]


OTHERS = ("other_group_focal_point", "other_group_expert", "other_group_observer")


@pytest.mark.kept.with_args(common_room)
@pytest.mark.parametrize("name", OTHERS)
def test_in_a_common_room_only_the_state_that_wrote_a_draft_acts_on_it(common: Scene, name: str) -> None:
    user, pieces = common.cast.people[name], common.pieces
    feedback = WrittenFeedback.objects.get(review=common.cast.review, state_party__iso3="XLE")
    acts = [
        (ExchangeAction.DRAFT_FEEDBACK, feedback),
        (ExchangeAction.CLEAR_FEEDBACK, feedback),
        (ExchangeAction.EDIT_CLARIFICATION, pieces.clarification_draft),
        (ExchangeAction.SEND_CLARIFICATION, pieces.clarification_draft),
        (TextAction.EDIT_OBSERVATION, pieces.observation_draft),
        (TextAction.TABLE_OBSERVATION, pieces.observation_draft),
        (TextAction.WITHDRAW_OBSERVATION, pieces.observation_draft),
    ]
    decisions = [explain(user, action, target) for action, target in acts]
    assert [(bool(decision), decision.is_visible) for decision in decisions] == [(False, True)] * len(acts)
    assert explain(user, ExchangeAction.VIEW_FEEDBACK, feedback)
    assert explain(user, TextAction.VIEW, pieces.observation_draft)


def test_somebody_meets_every_word() -> None:
    """Without this the test above could prove less than it seems to."""
    assert set().union(*READ_BY.values()) == EVERYTHING


@pytest.mark.kept.with_args(own_rooms)
@pytest.mark.skipif(bool(missing_pdf_libraries()), reason="this machine cannot make PDF documents")
def test_the_pdf_holds_what_lies_on_the_table_alone(scene: Scene) -> None:
    text = Planter(scene.cast).text("untoc", TextKind.LIST_OF_OBSERVATIONS)
    content = render_text_pdf(current_document(text), printed_status_of(text))
    printed = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
    assert words_in(printed) == {"tabled observation", "sent source"}


@pytest.mark.kept.with_args(own_rooms)
def test_the_word_document_holds_what_lies_on_the_table_alone(scene: Scene) -> None:
    text = Planter(scene.cast).text("untoc", TextKind.LIST_OF_OBSERVATIONS)
    content = render_text_docx(current_document(text), printed_status_of(text))
    printed = " ".join(paragraph.text for paragraph in WordDocument(io.BytesIO(content)).paragraphs)
    assert words_in(printed) == {"tabled observation", "sent source"}


@pytest.mark.kept.with_args(own_rooms)
def test_mails_hold_no_word(scene: Scene) -> None:
    for notification in Notification.objects.all():
        notifications.deliver(str(notification.pk))
    kept = json.dumps([notification.context for notification in Notification.objects.all()], ensure_ascii=False)
    sent = "".join(f"{message.subject}{message.body}{message.alternatives[0].content}" for message in mail.outbox)
    assert words_in(kept) | words_in(html.unescape(sent)) == set()
    assert {message.to[0] for message in mail.outbox} >= {scene.cast.focal_point.email}, "mails were really made"


@pytest.mark.kept.with_args(own_rooms)
def test_the_record_of_acts_holds_no_word(scene: Scene) -> None:
    entries = AuditEntry.objects.values_list("before", "after", "reason", "target_label")
    assert words_in(json.dumps([list(entry) for entry in entries], ensure_ascii=False)) == set()
