"""What was typed is given back where a form was not accepted; what is secret or unseen is not."""

from collections.abc import Iterator

import pytest
from django import forms
from django.test import Client, RequestFactory

from core.web.forms import AccessibleForm
from core.web.unsaved_input import WRITTEN_IN, unsaved_input_of
from tests.utils import Cast, login_as

SECRETS = {"password": "hunter2", "csrfmiddlewaretoken": "token", "base": "3", "sha256": "ab" * 32, "code": "123456"}


def posted(data: dict[str, object], **headers: str) -> list[tuple[str, str, str]]:
    request = RequestFactory().post("/", data, headers=headers or None)
    return [(row.place, str(row.label), row.text) for row in unsaved_input_of(request)]


@pytest.mark.unit
def test_words_come_back_with_their_question_in_the_order_of_the_form() -> None:
    data = {"I.untoc.5-text": "المادة 5\r\nsecond line", "I.untoc.5-law": ["Act 1", "", "Act 2"], "reason": "Why"}
    assert posted(data) == [
        ("I.untoc.5", "Text", "المادة 5\r\nsecond line"),
        ("I.untoc.5", "Law", "Act 1\n\nAct 2"),
        ("", "Reason", "Why"),
    ]
    assert posted({"s7c6bb60174d82f2d-1-text": "Un mot."}) == [("", "Text", "Un mot.")], "a key says nothing to people"


@pytest.mark.unit
def test_secrets_and_unseen_fields_never_come_back() -> None:
    assert posted(SECRETS) == []
    assert posted({"choices": "Yes", "text": "   "}) == []


@pytest.mark.unit
def test_a_form_of_another_site_gives_nothing_back() -> None:
    assert posted({"text": "Call this number."}, sec_fetch_site="cross-site") == []
    assert posted({"text": "Ours."}, sec_fetch_site="same-origin") == [("", "Text", "Ours.")]


@pytest.mark.unit
def test_all_that_is_written_of_voluntary_information_is_given_back() -> None:
    written = {
        "answers_to": "Resolution 10/6",
        "title": "A report",
        "information": "We did.",
        "link": "https://x.example",
    }
    assert [text for _place, _label, text in posted(written)] == list(written.values())


def form_classes(base: type[forms.BaseForm] = AccessibleForm) -> Iterator[type[forms.BaseForm]]:
    for form_class in base.__subclasses__():
        yield form_class
        yield from form_classes(form_class)


@pytest.mark.unit
def test_every_box_for_text_is_known_and_no_secret_is() -> None:
    fields = {
        (name, type(field.widget))
        for form_class in form_classes()
        if form_class.__module__.split(".")[0] != "tests"
        for name, field in getattr(form_class, "base_fields", {}).items()
    }
    boxes = {name for name, widget in fields if issubclass(widget, forms.Textarea)}
    assert boxes, "it looks at something"
    # The inputs of a draw are copied from elsewhere, and one of them becomes a secret.
    assert boxes - set(WRITTEN_IN) == {"commitment", "public_values"}
    secret = {name for name, widget in fields if issubclass(widget, (forms.PasswordInput, forms.HiddenInput))}
    assert secret & set(WRITTEN_IN) <= boxes, "what was typed in a box may be carried along unseen"


@pytest.mark.django_db
def test_a_session_that_ended_gives_the_words_back_and_leads_to_sign_in(cast: Cast) -> None:
    address = f"/en/untoc/reviews/{cast.review.code}/response/untoc/article-5/"
    page = Client().post(address, {"I.untoc.5-text": "Long <b>words</b>.", "password": "hunter2"})
    body = page.content.decode()
    assert page.status_code == 403
    assert "Long &lt;b&gt;words&lt;/b&gt;.</textarea>" in body
    assert "hunter2" not in body
    assert f'href="/en/sign-in/?next={address}"' in body


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{"accept": "application/json"}, {"hx-request": "true"}])
def test_a_script_without_a_session_is_led_to_sign_in(cast: Cast, headers: dict[str, str]) -> None:
    page = Client().post(f"/en/untoc/reviews/{cast.review.code}/response/", {"text": "Words."}, headers=headers)
    assert (page.status_code, page["Location"].partition("?")[0]) == (302, "/en/sign-in/")


@pytest.mark.django_db
def test_a_page_that_is_not_there_gives_the_words_back(cast: Cast) -> None:
    client = login_as(Client(), cast.stranger)
    page = client.post(f"/en/untoc/reviews/{cast.review.code}/response/untoc/article-5/", {"I.untoc.5-text": "Mine."})
    assert (page.status_code, "Mine.</textarea>" in page.content.decode()) == (404, True)


@pytest.mark.django_db
def test_a_form_without_its_token_gives_the_words_back(cast: Cast) -> None:
    client = login_as(Client(enforce_csrf_checks=True), cast.expert)
    page = client.post(f"/en/untoc/reviews/{cast.review.code}/response/untoc/article-5/", {"I.untoc.5-text": "Mine."})
    assert (page.status_code, "Mine.</textarea>" in page.content.decode()) == (403, True)


@pytest.mark.unit
def test_a_body_that_cannot_be_read_gives_nothing_back() -> None:
    request = RequestFactory().post("/", b"--x\r\nbroken", content_type="multipart/form-data; boundary=")
    assert unsaved_input_of(request) == []
