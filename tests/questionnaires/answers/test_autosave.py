"""The contract with the page's script (docs/autosave.md)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from questionnaires.responses.models import Answer
from tests import utils
from tests.questionnaires.answers.autosave import ARTICLE_2, ARTICLE_5, RESPONSE, post_answer, text_of
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


def test_a_saved_answer_tells_its_revision_and_what_is_asked_now(cast: Cast, login_as: LoginAs) -> None:
    status, body = post_answer(login_as(cast.expert), "I.untoc.3", choices="Yes", base="0")
    assert status == 200
    assert (body["status"], body["revision"]) == ("saved", 1)
    assert body["saved_at"].startswith("Saved ")
    assert [code for code, asked in body["asked"].items() if asked] == [
        "I.untoc.3", "I.untoc.3.a", "I.untoc.3.b", "I.untoc.4", "I.untoc.5", "I.untoc.5.a",
    ]  # fmt: skip
    assert body["progress"] == {
        "asked": 6, "answered": 1, "missing": 3, "words": "1 of 6 answered, 3 missing, 2 left open",
    }  # fmt: skip


def test_a_text_that_only_grows_costs_no_counting(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, "I.untoc.1.a", text="One")
    status, body = post_answer(login_as(cast.expert), "I.untoc.1.a", text="One two", base="1")
    assert (status, sorted(body)) == (200, ["revision", "saved_at", "status"])
    _status, emptied = post_answer(login_as(cast.expert), "I.untoc.1.a", text="", base="2")
    assert emptied["progress"]["answered"] == 0


def test_legal_references_are_saved_row_by_row(cast: Cast, login_as: LoginAs) -> None:
    rows = {"law": ["Act 1", "", "Act 2"], "provision": ["s. 1", "", ""], "link": ["https://laws.example/1", "", ""]}
    assert post_answer(login_as(cast.expert), "I.untoc.1.a", base="0", **rows)[0] == 200
    assert Answer.objects.get().citations == [
        {"law": "Act 1", "provision": "s. 1", "link": "https://laws.example/1"},
        {"law": "Act 2", "provision": "", "link": ""},
    ]
    assert ("Act 2", "") in login_as(cast.expert).get(ARTICLE_5).context["laws"]


def test_a_save_on_an_older_revision_answers_with_both_texts(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.second_expert, "I.untoc.1.a", text="**Theirs**")
    status, body = post_answer(login_as(cast.expert), "I.untoc.1.a", text="Mine", base="0")
    assert (status, body["status"], body["revision"]) == (200, "conflict", 1)
    for words in ("<strong>Theirs</strong>", "Mine", "Second Expert", "Keep theirs", "Use mine instead"):
        assert words in body["conflict"]["html"]
    assert Answer.objects.get().text == "**Theirs**"


@pytest.mark.parametrize(
    ("code", "fields", "errors"),
    [
        ("I.untoc.1.a", {"text": "x" * 50_001}, {"text": "This is 50001 characters long. The limit is 50000."}),
        ("I.untoc.1", {"choices": "Perhaps"}, {"choices": "This is not one of the options of the question."}),
        ("I.untoc.1", {"choices": ["Yes", "No"]}, {"choices": "Choose one option only."}),
        (
            "I.untoc.3.a",
            {"choices": "Yes"},
            {"item": "This question is not asked any more, because an answer above it has changed."},
        ),
        (
            "I.untoc.1.a",
            {"text": "PNG\x00\x1a"},
            {"text": "This holds characters that are not text. Type it or paste it as plain text."},
        ),
    ],
)
def test_what_cannot_be_saved_is_told_by_its_field(
    cast: Cast, login_as: LoginAs, code: str, fields: dict[str, Any], errors: dict[str, str]
) -> None:
    assert post_answer(login_as(cast.expert), code, base="0", **fields) == (422, {"errors": errors})
    assert not Answer.objects.exists()


def test_a_wrong_link_is_told_beside_what_was_saved(cast: Cast, login_as: LoginAs) -> None:
    fields = {"text": "Words", "law": "Act", "link": "javascript:alert(1)"}
    status, body = post_answer(login_as(cast.expert), "I.untoc.1.a", base="0", **fields)
    assert (status, body["status"]) == (200, "saved")
    assert body["errors"] == {"link-1": "A link must begin with https:// or http://."}
    assert Answer.objects.get().citations == [{"law": "Act", "provision": "", "link": ""}]


def test_a_colleagues_words_come_back_with_the_seam(cast: Cast, login_as: LoginAs) -> None:
    words = "Article 5 of the Criminal Code applies."
    save(cast.response, cast.second_expert, "I.untoc.1.a", text=words)
    save(cast.response, cast.second_expert, "I.untoc.1.a", text=f"In part. {words}", base=1)
    status, body = post_answer(login_as(cast.expert), "I.untoc.1.a", text=f"{words} Since 2021.", base="1")
    assert (status, body["status"], body["revision"]) == (200, "merged", 3)
    assert body["merged"]["runs"] == [["added", "In part. "], ["same", f"{words} Since 2021."]]
    assert "Second Expert changed another place of this text" in body["merged"]["html"]
    assert '<ins class="app-diff__added">In part. </ins>' in body["merged"]["html"]


def test_the_names_of_saves_are_remembered(cast: Cast, login_as: LoginAs) -> None:
    client, first = login_as(cast.expert), "0b6d4c36-7a68-4c1d-9d0e-9a0e0c5d7a11"
    post_answer(client, "I.untoc.1.a", text="One", base="0", key=first)
    status, body = post_answer(client, "I.untoc.1.a", text="One two", base="0", key="no name", unsure=[first, "x"])
    assert (status, body["status"], body["revision"]) == (200, "saved", 2)


def test_a_script_whose_token_is_out_of_date_is_told_so_and_gets_no_page(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.expert)
    answer = client.post(f"{RESPONSE}answers/I.untoc.1.a/", {"text": "Words"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["is_stale"]) == (403, True)


def test_what_one_wrote_is_not_saved_as_anothers_who_has_signed_in_since(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.second_expert)
    headers = {"X-Person": str(cast.expert.pk), "Accept": "application/json"}
    answer = client.post(f"{RESPONSE}answers/I.untoc.1.a/", {"text": "Words", "base": "0"}, headers=headers)
    assert (answer.status_code, answer.json()["is_stale"]) == (403, True)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("base", ["-1", "one", "99999999999", "1\x00", "٣"])
def test_a_broken_revision_is_refused(cast: Cast, login_as: LoginAs, base: str) -> None:
    status, body = post_answer(login_as(cast.expert), "I.untoc.1.a", text="Words", base=base)
    assert (status, list(body["errors"])) == (422, ["base"])


def test_a_save_after_sending_is_refused_with_the_reason(cast: Cast, login_as: LoginAs) -> None:
    utils.clear_answers(cast.focal_point, cast.response)
    assert post_answer(login_as(cast.expert), "I.untoc.1", choices="Yes", base="0") == (
        403,
        {"reason": "The answers have been sent; they can no longer be changed."},
    )


def test_ten_megabytes_in_a_field_are_refused_in_words(cast: Cast, login_as: LoginAs) -> None:
    http_response = login_as(cast.expert).post(
        f"{RESPONSE}answers/I.untoc.1.a/", {"text": "x" * 10_000_000, "base": "0"}
    )
    assert http_response.status_code == 413
    assert "too large" in text_of(http_response)
    assert not Answer.objects.exists()


def test_a_broken_csrf_token_is_refused_in_words(cast: Cast) -> None:
    client = utils.login_as(Client(enforce_csrf_checks=True), cast.expert)
    token = client.get(ARTICLE_2).context["csrf_token"]
    url = f"{RESPONSE}answers/I.untoc.1/"
    broken = client.post(url, {"choices": "Yes", "base": "0"}, headers={"x-csrftoken": "broken"})
    assert broken.status_code == 403
    assert "Nothing was saved" in text_of(broken)
    assert not Answer.objects.exists()
    good = client.post(url, {"choices": "Yes", "base": "0"}, headers={"x-csrftoken": str(token)})
    assert good.status_code == 200


def test_whoever_was_signed_out_is_led_to_sign_in(cast: Cast, client: Client) -> None:
    http_response = client.post(f"{RESPONSE}answers/I.untoc.1/", {"choices": "Yes", "base": "0"})
    assert http_response.status_code == 302
    assert http_response["Location"].startswith("/en/sign-in/")


def test_an_answer_is_saved_in_few_queries(
    cast: Cast, login_as: LoginAs, django_assert_num_queries: Callable[..., Any]
) -> None:
    client = login_as(cast.expert)
    post_answer(client, "I.untoc.1.a", text="One", base="0")
    with django_assert_num_queries(3):
        post_answer(client, "I.untoc.1.a", text="Two", base="1", version="1")
