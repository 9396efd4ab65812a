"""Files with a law: put there, read by its State, sent with the answers that cite it, and never deleted."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.test import Client

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ServiceError
from core.files.receiving import is_as_received
from questionnaires.laws.models import Law, LawFile, LawVersion
from questionnaires.laws.services import LawFileInput, add_law_file, end_law_file
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.sending.document import hash_of_draft
from questionnaires.sending.services import begin_revision, recall_response
from tests import utils
from tests.plain_role import plain_role
from tests.questionnaires.laws.library import PENAL_CODE, cite, cited, enter, put_file
from tests.reviews.nominations.notes import PDF
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
REVIEW = "/en/untoc/reviews/1-XVE/"
LAWS, SENT = f"{REVIEW}laws/", f"{REVIEW}submission/laws/"
ITEM, SHA = "I.untoc.1.a", hashlib.sha256(PDF).hexdigest()


def upload(content: bytes = PDF, name: str = "قانون.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def body(reply: Any) -> bytes:
    return b"".join(reply.streaming_content)


def sent(cast: Cast, law: Law | None = None) -> ResponseSubmission:
    assert cast.response is not None
    if law:
        cite(cast, ITEM, cited(law.title, "art. 5"))
    utils.clear_answers(cast.focal_point, cast.response)
    return ResponseSubmission.objects.latest("number")


def test_a_file_is_put_to_a_law_and_read_by_the_people_of_the_state(cast: Cast, login_as: LoginAs) -> None:
    law = enter(cast)
    url = f"{LAWS}{law.pk}/files/add/"
    done = login_as(cast.expert).post(url, {"title": "Whole text", "language": "ar", "file": upload()})
    file = LawFile.objects.get()
    assert (done.status_code, done["Location"]) == (302, f"{LAWS}{law.pk}/#files")
    assert (file.file_name, file.language, file.sha256, is_as_received(file.file)) == ("قانون.pdf", "ar", SHA, True)
    for name in ("focal_point", "expert", "contributor", "observer"):
        client = login_as(cast.people[name])
        assert "Whole text" in client.get(f"{LAWS}{law.pk}/").content.decode(), name
        reply = client.get(f"{LAWS}{law.pk}/files/{file.pk}/")
        assert (body(reply), reply["Content-Type"]) == (PDF, "application/pdf")
        assert reply["Content-Disposition"].startswith("attachment;")
    assert login_as(cast.stranger).get(f"{LAWS}{law.pk}/files/{file.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"file": upload(b"<script>")}, "file", "The content of this file is not what its name says."),
        ({"file": upload(b"", "empty.pdf")}, "file", "This file is empty."),
        ({"file": upload(PDF, "law.html")}, "file", "This kind of file is not accepted."),
        ({}, "file", "Choose the file."),
        ({"file": upload(), "title": ""}, "title", "Enter the title."),
    ],
)
def test_what_is_wrong_stands_by_its_field_and_what_was_typed_stays(
    cast: Cast, login_as: LoginAs, given: dict[str, Any], field: str, words: str
) -> None:
    law = enter(cast)
    typed = {"title": "Whole text", "language": "fr"}
    page = login_as(cast.expert).post(f"{LAWS}{law.pk}/files/add/", {**typed, **given})
    assert page.status_code == 422
    assert [each[: len(words)] for each in page.context["form"].errors[field]] == [words]
    assert page.context["form"]["language"].value() == "fr"
    assert not LawFile.objects.exists()


def test_a_second_press_does_not_put_the_same_file_twice(cast: Cast) -> None:
    law = enter(cast)
    put_file(cast, law)
    with pytest.raises(ServiceError, match="This file is with the law already") as refused:
        put_file(cast, law, "The same again")
    assert refused.value.field == "file"
    assert LawFile.objects.count() == 1
    put_file(cast, enter(cast, "Customs Act"))  # another law may have it


def test_a_law_has_so_many_files_and_no_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("questionnaires.laws.services.MOST_FILES", 1)
    law = enter(cast)
    put_file(cast, law)
    with pytest.raises(ServiceError, match="at most 1 files"):
        put_file(cast, law, content=PDF + b"\n")


def test_two_who_put_files_at_once_lose_nothing_and_the_history_says_both(cast: Cast, login_as: LoginAs) -> None:
    law = enter(cast)
    stale = Law.objects.get(pk=law.pk)
    put_file(cast, law, "English")
    add_law_file(
        actor=cast.focal_point,
        review=cast.review,
        law=stale.pk,
        given=LawFileInput("Arabic", "ar", upload(PDF + b"\n")),
    )
    assert list(LawFile.objects.values_list("title", flat=True)) == ["English", "Arabic"]
    numbers = LawVersion.objects.order_by("number").values_list("number", "content__files")
    assert [(number, [each["title"] for each in files or ()]) for number, files in numbers] == [
        (1, []), (2, ["English"]), (3, ["English", "Arabic"]),
    ]  # fmt: skip
    assert "Arabic · Arabic · قانون.pdf" in login_as(cast.expert).get(f"{LAWS}{law.pk}/").content.decode()


def test_what_is_sent_names_each_file_with_its_hash_and_readers_get_it(cast: Cast, login_as: LoginAs) -> None:
    law = enter(cast)
    file = put_file(cast, law)
    submission = sent(cast, law)
    [said] = submission.document["laws"]
    assert said["files"] == [
        {
            "file": str(file.pk),
            "title": "The whole text",
            "language": "en",
            "name": "penal-code.pdf",
            "sha256": SHA,
        }
    ]
    for name in ("same_group_expert", "other_group_focal_point", "officer", "focal_point"):
        client = login_as(cast.people[name])
        assert f"{SENT}files/{file.pk}/" in client.get(SENT).content.decode(), name
        assert body(client.get(f"{SENT}files/{file.pk}/")) == PDF
    client = login_as(cast.same_group_expert)
    desk = [client.get(f"{REVIEW}desk/untoc/{section}/").content.decode() for section in ("article-2", "article-5")]
    assert any(f"{SENT}files/{file.pk}/" in page for page in desk)
    assert client.get(f"{LAWS}{law.pk}/files/{file.pk}/").status_code in {403, 404}  # not by way of the library


def test_taking_the_file_is_opening_the_answers(cast: Cast, login_as: LoginAs) -> None:
    law = enter(cast)
    file = put_file(cast, law)
    sent(cast, law)
    body(login_as(cast.officer).get(f"{SENT}files/{file.pk}/"))
    assert Response.objects.get().opened_at is None
    body(login_as(cast.same_group_expert).get(f"{SENT}files/{file.pk}/"))
    assert Response.objects.get().opened_at is not None


def test_a_file_of_a_law_that_no_sent_answer_cites_is_no_reader_s(cast: Cast, login_as: LoginAs) -> None:
    law, other = enter(cast), enter(cast, "Customs Act")
    later, elsewhere = put_file(cast, law), put_file(cast, other)
    end_law_file(actor=cast.expert, review=cast.review, law=law.pk, file=later.pk)
    [said] = sent(cast, law).document["laws"]
    assert "files" not in said
    added = put_file(cast, law, "Since then")
    for each in (later, elsewhere, added):
        assert login_as(cast.same_group_expert).get(f"{SENT}files/{each.pk}/").status_code == 404
    assert Response.objects.get().opened_at is None


def test_a_file_that_was_sent_stays_though_the_entry_has_it_no_more(cast: Cast, login_as: LoginAs) -> None:
    law = enter(cast)
    file = put_file(cast, law)
    before = sent(cast, law).document
    page = login_as(cast.expert).post(f"{LAWS}{law.pk}/files/{file.pk}/end/")
    assert page.status_code == 302
    assert ResponseSubmission.objects.get().document == before
    assert body(login_as(cast.same_group_expert).get(f"{SENT}files/{file.pk}/")) == PDF
    again = login_as(cast.focal_point).post(f"{LAWS}{law.pk}/files/{file.pk}/end/")
    assert again.status_code == 422
    assert "not with the law any more" in again.content.decode()


def test_a_file_of_a_version_that_stands_is_read_after_the_next_is_sent_without_it(
    cast: Cast, login_as: LoginAs
) -> None:
    law = enter(cast)
    file = put_file(cast, law)
    sent(cast, law)
    client = login_as(cast.same_group_expert)
    client.get(SENT)
    end_law_file(actor=cast.expert, review=cast.review, law=law.pk, file=file.pk)
    response = Response.objects.get()
    begin_revision(cast.focal_point, response, reason="The Act was repealed.", number=1)
    utils.clear_answers(cast.focal_point, response)
    recalled = put_file(cast, law, "By mistake", content=PDF + b"\n")
    assert body(client.get(f"{SENT}files/{file.pk}/")) == PDF
    begin_revision(cast.focal_point, Response.objects.get(), reason="Once more.", number=2)
    utils.clear_answers(cast.focal_point, Response.objects.get())
    recall_response(cast.focal_point, Response.objects.get(), reason="By mistake.", number=3)
    assert client.get(f"{SENT}files/{recalled.pk}/").status_code == 404
    assert body(client.get(f"{SENT}files/{file.pk}/")) == PDF


def test_who_clears_is_shown_which_files_go_along(cast: Cast, login_as: LoginAs) -> None:
    law, other = enter(cast), enter(cast, "Customs Act")
    file = put_file(cast, law)
    put_file(cast, other, "Never cited")
    client = login_as(cast.focal_point)
    pages = (f"{REVIEW}response/clear/", f"{REVIEW}response/preview/")
    assert not any("penal-code.pdf" in client.get(page).content.decode() for page in pages)
    cite(cast, ITEM, cited(law.title, "art. 5"))
    for page in pages:
        text = client.get(page).content.decode()
        assert f'href="{LAWS}{law.pk}/files/{file.pk}/"' in text, page
        assert "The whole text" in text, page
        assert "penal-code.pdf" in text, page
        assert "Never cited" not in text, page
    assert hash_of_draft(Response.objects.get()) in client.get(pages[0]).content.decode()


def test_nothing_of_a_file_changes_or_goes_and_no_other_state_reads_it(cast: Cast) -> None:
    file = put_file(cast, enter(cast))
    rows = LawFile.objects.filter(pk=file.pk)
    for statement in (rows.delete, lambda: rows.update(sha256="0" * 64), lambda: rows.update(file="laws/other.pdf")):
        with pytest.raises(Error), transaction.atomic(), plain_role(), identified_as(cast.expert):
            statement()
    for name, user in cast.people.items():
        with plain_role(), identified_as(user):
            assert LawFile.objects.count() == int(
                name in {"focal_point", "expert", "second_expert", "contributor", "observer"}
            )


def test_an_answer_given_elsewhere_is_cited_with_its_day_and_what_has_changed(cast: Cast, login_as: LoginAs) -> None:
    form = {"title": "Self-assessment under UNCAC, article 23", "kind": "elsewhere", "status": "in_force"}
    client = login_as(cast.expert)
    page = client.post(f"{LAWS}add/", form)
    assert page.context["form"].errors == {"dated": ["Say when the answer was given."]}
    page = client.post(f"{LAWS}add/", {**form, "dated": "2023-05-03"})
    assert page.context["form"].errors == {
        "text": ["Say what has changed since the answer was given, or that nothing has."]
    }
    link = "https://uncac.example/xve"
    done = client.post(f"{LAWS}add/", {**form, "dated": "2023-05-03", "link": link, "text": "The fine was doubled."})
    assert done.status_code == 302
    sent(cast, Law.objects.get())
    read = login_as(cast.same_group_expert).get(SENT).content.decode()
    for words in (
        form["title"],
        "Answer given elsewhere",
        "3 May 2023",
        link,
        "The fine was doubled.",
        "Still correct",
    ):
        assert words in read
    assert PENAL_CODE not in read
