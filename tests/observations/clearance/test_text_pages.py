"""The documents of a review: read, proposed, cleared or objected to, and made as files."""

import io
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import docx
import pytest
from django.test import Client

from accounts.people.models import User
from core.documents import pdf
from core.models import Job
from observations.clearance.services import clear_version
from observations.documents.tasks import render_text_task
from observations.texts.enums import TextStatus
from observations.texts.models import AgreedText, Objection, TextVersion
from reviews.cases.models import Clearance
from tests import journey
from tests.at_once import object_to_version
from tests.forms import carried_by, send_form
from tests.observations.clearance.texts import (
    LIST,
    SUMMARY,
    TEXTS,
    change,
    propose,
    shown_sha256,
    status_of,
    table,
    words_of,
)
from tests.query_counts import assert_query_count
from tests.sharing import shared
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
CastAt = Callable[[str], Cast]
CANARY = "Canary of Lestovia"
READERS = ("focal_point", "expert", "observer", "same_group_expert", "other_group_observer", "officer")


@pytest.fixture(autouse=True)
def queue() -> Iterator[list[str]]:
    """The keys of the documents that were sent to the workers."""
    sent: list[str] = []
    with patch.object(render_text_task, "delay", sent.append):
        yield sent


@shared
def text(cast: Cast) -> AgreedText:
    """A list with one observation on the table and a draft in the room of a State."""
    text = journey.list_of(cast.review)
    assert text.instrument.slug == "untoc"
    table(cast, text, "The first observation.")
    journey.write_observation(cast.review, cast.same_group_expert, text, CANARY)
    return text


@pytest.mark.stage("observations")
def test_the_documents_say_who_has_cleared_and_whose_word_is_missing(
    cast: Cast, login_as: LoginAs, text: AgreedText
) -> None:
    propose(cast, text)
    page = login_as(cast.focal_point).get(TEXTS)
    first, *others = page.context["lists"]
    assert [clearance.state_party for clearance in first.clearances] == [cast.same_group_state]
    assert set(first.missing) == {cast.state, cast.other_group_state}
    assert [(row.number, list(row.clearances), row.missing) for row in others] == [(None, [], [])] * 3
    assert page.context["summaries"] == []
    assert f"<strong>{cast.state}</strong>" in page.content.decode()
    assert "There is no summary yet" in words_of(page)


def test_before_the_answers_there_is_no_document(cast: Cast, login_as: LoginAs) -> None:
    assert login_as(cast.focal_point).get(LIST).status_code == 404
    assert "There is no list yet" in words_of(login_as(cast.focal_point).get(TEXTS))


@pytest.mark.stage("observations")
def test_readers_read_and_contributors_are_told_why_not(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    for address in (TEXTS, LIST):
        assert {login_as(cast.people[name]).get(address).status_code for name in READERS} == {200}
        page = login_as(cast.contributor).get(address)
        assert page.status_code == 403
        assert "Only those who take part for a State, and officers of the secretariat" in words_of(page)
        assert {login_as(user).get(address).status_code for user in (cast.stranger, cast.bystander)} == {404}


@pytest.mark.stage("observations")
def test_the_documents_take_the_same_queries_whatever_was_proposed(
    cast: Cast, login_as: LoginAs, text: AgreedText
) -> None:
    client = login_as(cast.focal_point)
    client.get(TEXTS)
    with assert_query_count("observations:text-list"):
        client.get(TEXTS)
    for other in AgreedText.objects.filter(review=cast.review).exclude(pk=text.pk):
        table(cast, other, "Words.")
    for each in AgreedText.objects.filter(review=cast.review):
        propose(cast, each)
    with assert_query_count("observations:text-list"):
        client.get(TEXTS)


@pytest.mark.stage("observations")
def test_where_nothing_is_proposed_the_draft_on_the_table_is_shown(
    cast: Cast, login_as: LoginAs, text: AgreedText
) -> None:
    for name in READERS:
        page = login_as(cast.people[name]).get(LIST)
        assert "Draft – not agreed: the text as it lies on the shared table now" in words_of(page)
        assert "The first observation." in words_of(page)
        assert CANARY not in page.content.decode()


@pytest.mark.stage("observations")
def test_a_proposed_version_is_shown_as_it_was_frozen(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    version = propose(cast, text)
    page = login_as(cast.expert).get(LIST)
    shown = words_of(page)
    assert "Version 1, proposed for agreement" in shown
    assert shown.count(version.sha256) == 2  # of the version, and of what the proposing State has cleared
    assert f"proposed for {cast.same_group_state} by Same Group Focal Point" in shown
    assert [clearance.focal_point for clearance in page.context["agreement"].clearances] == [
        cast.same_group_focal_point
    ]


@pytest.mark.stage("observations")
def test_each_reader_sees_what_has_changed_since_the_version_seen_last(
    cast: Cast, login_as: LoginAs, text: AgreedText
) -> None:
    propose(cast, text)
    assert "What has changed" not in words_of(login_as(cast.focal_point).get(LIST))
    change(cast, "The second observation.")
    for is_proposed in (False, True, True):
        if is_proposed and status_of(text) == TextStatus.DRAFTING:
            propose(cast, text)
            assert "2 you saw version 1 last" in words_of(login_as(cast.focal_point).get(TEXTS))
        page = login_as(cast.focal_point).get(LIST)
        assert "What has changed since version 1, which you saw last" in words_of(page)
        changed = [run.text for run in page.context["changes"] if run.change != "same"]
        assert changed == ["first", "second"]
    assert "What has changed" not in words_of(login_as(cast.expert).get(LIST))  # he sees the text for the first time


@pytest.mark.stage("observations")
def test_a_version_with_the_same_words_says_so(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    version = propose(cast, text)
    login_as(cast.observer).get(LIST)
    object_to_version(actor=cast.focal_point, text=text, sha256=version.sha256, reason="Not yet.")
    propose(cast, text)
    assert "The words are the same." in words_of(login_as(cast.observer).get(LIST))


@pytest.mark.stage("observations")
def test_a_text_takes_the_same_queries_for_one_observation_and_for_three(
    cast: Cast, login_as: LoginAs, text: AgreedText
) -> None:
    client = login_as(cast.same_group_focal_point)
    for number in (1, 2, 3):
        if number > 1:
            table(cast, text, f"Observation {number}.")
        if number == 2:
            continue
        client.get(LIST)
        with assert_query_count("observations:text-detail"):
            client.get(LIST)


@pytest.mark.stage("observations")
def test_acts_are_shown_with_the_reason_to_those_who_draft_or_clear(
    cast: Cast, login_as: LoginAs, text: AgreedText
) -> None:
    def decisions(name: str) -> dict[str, str]:
        context = login_as(cast.people[name]).get(LIST).context
        shown = {act: context.get(f"{act}_decision") for act in ("propose", "clear", "object")}
        return {act: str(decision.reason) for act, decision in shown.items() if decision is not None}

    drafting_focal_points = "Only a focal point of a reviewing State that covers this instrument does this."
    assert {name: decisions(name) for name in READERS} == {
        "focal_point": {"propose": drafting_focal_points},
        "expert": {"propose": drafting_focal_points},
        "observer": {},
        "same_group_expert": {"propose": drafting_focal_points},
        "other_group_observer": {},
        "officer": {},
    }
    assert decisions("same_group_focal_point") == {"propose": ""}
    propose(cast, text)
    done = "Your State has cleared this version."
    parties = "Only the focal points of the State under review and of the reviewing States that cover this instrument."
    assert decisions("focal_point") == {"clear": "", "object": ""}
    assert decisions("expert") == {"clear": parties, "object": parties}
    assert decisions("same_group_focal_point") == {"clear": done, "object": done}
    page = login_as(cast.expert).get(LIST)
    assert f'<p class="app-refused__reason" id="reason-clear">{parties}</p>' in page.content.decode()


@pytest.mark.stage("dialogue")
def test_nothing_is_proposed_before_its_step(cast: Cast, cast_at: CastAt, login_as: LoginAs) -> None:
    cast_at("dialogue")
    table(cast, journey.list_of(cast.review), "Words.")
    page = login_as(cast.same_group_focal_point).post(f"{LIST}propose/")
    assert page.status_code == 403
    assert "Versions are proposed and cleared at the steps of the list of observations" in words_of(page)


@pytest.mark.stage("observations")
def test_a_focal_point_proposes_the_draft_that_the_page_shows(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    client = login_as(cast.same_group_focal_point)
    draft = shown_sha256(client.get(LIST))
    page = client.post(f"{LIST}propose/", {"sha256": draft}, follow=True)
    assert f"Version 1 is proposed and cleared for {cast.same_group_state}." in words_of(page)
    assert "The clearance is still missing of: " in words_of(page)
    assert shown_sha256(page) == draft
    assert Clearance.objects.get(document_id=text.pk).sha256 == draft


@pytest.mark.stage("observations")
def test_a_draft_that_has_changed_meanwhile_is_not_proposed(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    client = login_as(cast.same_group_focal_point)
    draft = shown_sha256(client.get(LIST))
    change(cast, "Other words.")
    page = client.post(f"{LIST}propose/", {"sha256": draft}, follow=True)
    assert "The text has changed since you opened this page. Please look at it again." in words_of(page)
    assert client.post(f"{LIST}propose/").status_code == 302
    assert not TextVersion.objects.exists()


@pytest.mark.stage("observations")
def test_an_empty_list_is_not_proposed(cast: Cast, cast_at: CastAt, login_as: LoginAs) -> None:
    cast_at("observations")
    client = login_as(cast.same_group_focal_point)
    page = client.post(f"{LIST}propose/", {"sha256": shown_sha256(client.get(LIST))}, follow=True)
    assert "Nothing lies on the shared table yet that could be proposed." in words_of(page)


@pytest.mark.stage("observations")
def test_all_clear_the_same_bytes_and_the_review_moves_on(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    for other in AgreedText.objects.filter(review=cast.review).exclude(pk=text.pk):
        table(cast, other, "Words.")
        journey.agree_on(other)
    version = propose(cast, text)
    page = login_as(cast.focal_point).get(LIST)
    assert f"that {cast.state} agrees to version 1: to exactly the bytes with this checksum." in words_of(page)
    page = login_as(cast.focal_point).post(f"{LIST}clear/", {"sha256": version.sha256}, follow=True)
    assert f"Version 1 is cleared for {cast.state}. The clearance is still missing of: {cast.other_group_state}." in (
        words_of(page)
    )
    page = login_as(cast.other_group_focal_point).post(f"{LIST}clear/", {"sha256": version.sha256}, follow=True)
    assert "All States have cleared the same version: the text is agreed." in words_of(page)
    assert {row.sha256 for row in Clearance.objects.filter(document_id=text.pk)} == {version.sha256}
    cast.review.refresh_from_db()
    assert cast.review.step.slug == "summary"
    assert login_as(cast.expert).get(SUMMARY).status_code == 200
    page = login_as(cast.focal_point).get(LIST)
    assert "Version 1, agreed" in words_of(page)
    assert f"{LIST}publication/" in page.content.decode()
    assert f"{LIST}publication/" not in login_as(cast.same_group_focal_point).get(LIST).content.decode()


@pytest.mark.stage("observations")
def test_another_version_than_the_one_shown_is_not_cleared(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    client = login_as(cast.focal_point)
    propose(cast, text)
    shown = shown_sha256(client.get(LIST))
    change(cast, "Other words.")
    propose(cast, text)
    for stale in (shown, ""):
        page = client.post(f"{LIST}clear/", {"sha256": stale}, follow=True)
        assert "The text has changed since you opened this page. Please look at it again." in words_of(page)
    assert not Clearance.objects.filter(document_id=text.pk, state_party=cast.state).exists()


@pytest.mark.stage("observations")
def test_any_edit_cancels_the_clearances(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    version = propose(cast, text)
    clear_version(actor=cast.focal_point, text=text, sha256=version.sha256)
    change(cast, "Other words.")
    page = login_as(cast.expert).get(LIST)
    assert (status_of(text), page.context["version"]) == (TextStatus.DRAFTING, None)
    assert [row.number for row in page.context["versions"]] == [1]
    assert page.context["agreement"].missing == []
    propose(cast, text)
    page = login_as(cast.expert).get(LIST)
    assert set(page.context["agreement"].missing) == {cast.state, cast.other_group_state}


@pytest.mark.stage("observations")
def test_an_objection_needs_a_reason_that_all_then_read(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    version = propose(cast, text)
    client = login_as(cast.focal_point)
    form = client.get(f"{LIST}object/").context["form"]
    assert form["sha256"].value() == version.sha256
    page = send_form(client, f"{LIST}object/", {"reason": " "})
    assert page.status_code == 422
    assert page.context["form"].errors == {"reason": ["Say what your State does not agree to."]}
    typed = {"sha256": version.sha256, "reason": "Paragraph 7\r\ngoes too far."}
    assert send_form(client, f"{LIST}object/", typed)["Location"] == LIST
    assert "This was done at" in words_of(client.post(f"{LIST}object/", typed, follow=True)), "a second click"
    assert status_of(text) == TextStatus.DRAFTING
    page = login_as(cast.same_group_expert).get(LIST)
    assert f"{cast.state} objected to version 1: Focal Point" in words_of(page)
    assert "Paragraph 7<br>goes too far." in page.content.decode()
    propose(cast, text)
    page = login_as(cast.same_group_expert).get(LIST)
    assert "Carried over to version 2" in words_of(page)
    assert words_of(page).count("goes too far.") == 2  # and with the earlier versions


@pytest.mark.stage("observations")
def test_an_objection_to_another_version_keeps_what_was_typed(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    propose(cast, text)
    client = login_as(cast.focal_point)
    carried = carried_by(client.get(f"{LIST}object/"))
    typed = {**carried, "reason": "Too far.", "1-reason": "Not this."}
    change(cast, "What was observed, in other words.")
    refused = client.post(f"{LIST}object/", typed)
    assert refused.status_code == 403, "no version stands"
    propose(cast, text)
    for page in (refused, client.post(f"{LIST}object/", typed)):
        fields = page.context["form"]
        assert (fields["reason"].value(), fields["1-reason"].value()) == ("Too far.", "Not this.")
        assert (page.context["version"].number, page.context["saving"].refusal != "") == (1, True)
        assert "When you opened this form, version 1 was proposed." in words_of(page)
    assert not Objection.objects.exists()


@pytest.mark.stage("observations")
def test_who_objects_is_told_of_a_clearance_that_came_meanwhile(
    cast: Cast, login_as: LoginAs, text: AgreedText
) -> None:
    propose(cast, text)
    client = login_as(cast.focal_point)
    carried = carried_by(client.get(f"{LIST}object/"))
    clear_version(actor=cast.other_group_focal_point, text=text, sha256=carried["sha256"])
    page = client.post(f"{LIST}object/", {**carried, "reason": "Too far."})
    assert (page.status_code, Objection.objects.count()) == (422, 0)
    assert "Version 1 still stands. It has been cleared by " in words_of(page)
    knowingly = {**carried, "reason": "Too far.", "shown": page.context["saving"].token}
    assert client.post(f"{LIST}object/", knowingly).status_code == 302


@pytest.mark.stage("observations")
@pytest.mark.parametrize("name", ["expert", "observer", "same_group_expert", "officer"])
@pytest.mark.parametrize("act", ["propose", "clear", "object"])
def test_only_focal_points_act(cast: Cast, login_as: LoginAs, text: AgreedText, name: str, act: str) -> None:
    version = propose(cast, text)
    page = login_as(cast.people[name]).post(f"{LIST}{act}/", {"sha256": version.sha256, "reason": "No."})
    assert page.status_code == 403
    assert "Only " in words_of(page)
    assert Clearance.objects.filter(document_id=text.pk).count() == 1


@pytest.mark.stage("observations")
def test_documents_are_queued_once_and_led_to(
    cast: Cast, login_as: LoginAs, text: AgreedText, queue: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    client = login_as(cast.observer)
    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.post(f"{LIST}document/{form}/") for form in ("pdf", "docx", "pdf")]
    jobs = {job.kind: job for job in Job.objects.all()}
    assert [job.file_name for job in jobs.values()] == [
        "1-XVE-untoc-list-of-observations-en.docx",
        "1-XVE-untoc-list-of-observations-en.pdf",
    ]
    assert answers[0]["Location"] == answers[2]["Location"] == f"/en/jobs/{jobs['reviews.text_pdf'].pk}/"
    assert queue == [str(jobs["reviews.text_pdf"].pk), str(jobs["reviews.text_docx"].pk)]
    assert client.post(f"{LIST}document/odt/").status_code == 404
    assert client.get(f"{LIST}document/pdf/").status_code == 405
    assert login_as(cast.contributor).post(f"{LIST}document/pdf/").status_code == 403
    assert login_as(cast.stranger).post(f"{LIST}document/pdf/").status_code == 404


@pytest.mark.stage("observations")
@pytest.mark.skipif(bool(pdf.missing_pdf_libraries()), reason="WeasyPrint's libraries are not on this machine")
def test_a_file_holds_what_lies_on_the_table_and_no_draft(cast: Cast, login_as: LoginAs, text: AgreedText) -> None:
    client = login_as(cast.expert)
    for form in ("pdf", "docx"):
        client.post(f"{LIST}document/{form}/")
    for job in Job.objects.all():
        render_text_task(str(job.pk))
    made = {job.file_name.rsplit(".")[-1]: job for job in Job.objects.all()}
    assert {form: job.status for form, job in made.items()} == {"pdf": "done", "docx": "done"}
    with made["docx"].result.open("rb") as stored:
        word = docx.Document(io.BytesIO(stored.read()))
    written = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert ("The first observation." in written, CANARY in written) == (True, False)
    page = client.get(LIST)
    assert "Your last file" in words_of(page)
    download = client.get(f"/en/jobs/{made['pdf'].pk}/download/")
    assert download.getvalue().startswith(b"%PDF")
