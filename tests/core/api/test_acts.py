"""An act of a page done by a program: the form as it stands, what rests on it, and what the page's own service says.

The acts of all features are walked here in one test; who may open which, and that nobody meets words by them that are
not for him or her, is seen by the walk (``tests/permissions/acts.py``).
"""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django import forms
from django.db import transaction
from django.db.models import TextChoices
from django.test import Client
from django.urls import reverse

from accounts.terms.selectors import forget_newest_terms
from core.api.forms import posted, values_in
from core.policy import is_binding
from core.web.forms import AccessibleForm, NamesField
from core.web.views import ServiceActionView, ServiceFormView
from dialogue.threads.models import DialogueMessage
from tests.accounts.tokens.making import ALL, program_of
from tests.core.test_api_answers import DOCUMENT, PROBLEM, PROVOKED, Asking
from tests.permissions.acts import act_addresses
from tests.permissions.pieces_editing import Drafts
from tests.permissions.reading import signed_in
from tests.permissions.urls import PAGES
from tests.permissions.urls_base import DIALOGUE, DRAFT, OBSERVATIONS, SENT, Page, Scene
from tests.utils import Cast, login_as, make_review, register

pytestmark = pytest.mark.django_db
QUESTION = "I.untoc.1.a"
# What these do beside handing the form to the service is for a page alone.
OWN_WAYS = {
    "BoxPage.form_valid": "shows a script what stands under the box",
    "MarkPage.post": "answers a script",
    "SuggestionFormPage.post": "compares what is typed, and saves nothing",
    "TextTranslationView.post": "compares what is typed, and saves nothing",
}


def thread_at(cast: Cast, more: str = f"begin/question/{QUESTION}/") -> str:
    return f"/api/v1/untoc/reviews/{cast.review.code}/threads/{more}"


def send(client: Client, address: str, body: Any, etag: str = "", key: str = "") -> Any:
    headers = {name: value for name, value in {"If-Match": etag, "Idempotency-Key": key}.items() if value}
    return client.post(address, json.dumps(body), content_type="application/json", headers=headers)


def field(read: Any, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in read.json()["fields"] if each["name"] == name)
    return found


# --- The mechanism, at a message to the other States


@pytest.mark.stage("dialogue")
def test_a_program_reads_the_form_and_does_the_act(cast: Cast) -> None:
    client = program_of(cast.expert)
    read = client.get(thread_at(cast))
    assert (read.status_code, field(read, "text")["kind"], field(read, "text")["required"]) == (200, "text", True)
    assert (read.json()["rests"], list(read.json()["marks"])) == (True, ["shown"])
    assert client.head(thread_at(cast)).status_code == 405, "a form that is read opens what it is about"
    assert cast.state.name in " ".join(read.json()["said"]), "who reads it"
    assert "shown" not in {each["name"] for each in read.json()["fields"]}, "what is carried unseen is not told"
    done = send(client, thread_at(cast), {"text": "By a program."}, read["ETag"])
    message = DialogueMessage.objects.get(text="By a program.")
    assert (done.status_code, done.json()["id"]) == (200, str(message.pk))
    assert (message.state_party_id, done.json()["at"].startswith("/en/untoc/")) == (cast.state.pk, True)


@pytest.mark.stage("dialogue")
def test_an_act_rests_on_what_was_read(cast: Cast) -> None:
    client, colleague = program_of(cast.expert), program_of(cast.focal_point)
    made = send(client, thread_at(cast), {"text": "One."}, client.get(thread_at(cast))["ETag"]).json()["id"]
    edit = thread_at(cast, f"messages/{made}/")
    assert send(client, edit, {"text": "Two."}).status_code == 428
    assert send(client, edit, {"text": "Two."}, '"of another kind"').status_code == 400
    etag = client.get(edit)["ETag"]
    assert send(colleague, edit, {"text": "By a colleague."}, colleague.get(edit)["ETag"]).status_code == 200
    moved = send(client, edit, {"text": "Two."}, etag)
    problem = moved.json()
    assert (moved.status_code, moved["Content-Type"]) == (412, "application/problem+json")
    assert (problem["current"]["text"], problem["yours"]["text"]) == ("By a colleague.", "Two.")
    assert DialogueMessage.objects.get(pk=made).text == "By a colleague."
    assert send(client, edit, {"text": "Two."}, f'"{problem["revision"]}"').status_code == 200
    assert send(client, edit, {}, client.get(edit)["ETag"]).status_code == 200, "what is left out stays"
    assert DialogueMessage.objects.get(pk=made).text == "Two."


@pytest.mark.stage("dialogue")
def test_nobody_acts_on_what_he_or_she_has_not_read(cast: Cast) -> None:
    """A 412 hands out the next ETag only with all that has changed; an ETag is of one form and one reader."""
    client, colleague = program_of(cast.focal_point), program_of(cast.expert)
    made, other = (
        send(client, thread_at(cast), {"text": text}, client.get(thread_at(cast))["ETag"]).json()["id"]
        for text in ("One.", "Other.")
    )
    release, edit = thread_at(cast, f"messages/{made}/release/"), thread_at(cast, f"messages/{made}/")
    etag = client.get(release)["ETag"]
    assert send(colleague, edit, {"text": "Two."}, colleague.get(edit)["ETag"]).status_code == 200
    moved = send(client, release, {}, etag)
    problem, now = moved.json(), client.get(release).json()
    assert (moved.status_code, "revision" in problem) == (412, False)
    assert {name: problem[name] for name in ("said", "checksums", "marks")} == {
        name: now[name] for name in ("said", "checksums", "marks")
    }
    for stranger, address in ((colleague, edit), (client, thread_at(cast, f"messages/{other}/"))):
        assert send(stranger, address, {"text": "x"}, client.get(edit)["ETag"]).status_code == 412, address
    assert not DialogueMessage.objects.exclude(text__in=("Two.", "Other."), sent_at=None).exists()


class Linked(AccessibleForm):
    links = forms.MultipleChoiceField(choices=[("of a group", [("a", "A"), ("b", "B")])], required=False)
    names = NamesField(required=False)


def test_what_a_reader_may_not_choose_is_neither_told_nor_sent_again() -> None:
    bounds = list(Linked(initial={"links": ["b", "hidden"], "names": ["any"]}))
    assert values_in(bounds) == {"links": ["b"], "names": ["any"]}
    assert dict(posted(bounds, {}).lists()) == {"links": ["b"], "names": ["any"]}


@pytest.mark.stage("dialogue")
def test_what_is_wrong_is_told_by_the_field(cast: Cast) -> None:
    client = program_of(cast.expert)
    etag = client.get(thread_at(cast))["ETag"]
    for body, name in (
        ({"text": ""}, "text"),
        ({"text": "x", "txet": "y"}, "txet"),
        ({"text": "x", "shown": "table:"}, "shown"),
        ({"text": ["x"]}, "text"),
        ({"text": "a\u202eb"}, "text"),
        (["x"], "non_field_errors"),
    ):
        answer = send(client, thread_at(cast), body, etag)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [name]), body
    assert not DialogueMessage.objects.exists()


@pytest.mark.stage("dialogue")
def test_an_act_with_a_key_is_done_once(cast: Cast) -> None:
    client = program_of(cast.expert)
    etag = client.get(thread_at(cast))["ETag"]
    first, again = (send(client, thread_at(cast), {"text": "Once."}, etag, "a-key") for _ in range(2))
    assert (first.status_code, again.json(), again["Idempotent-Replayed"]) == (200, first.json(), "true")
    assert DialogueMessage.objects.filter(text="Once.").count() == 1


@pytest.mark.stage("dialogue")
def test_an_act_that_ended_what_it_was_of_is_answered_again_under_its_key(cast: Cast) -> None:
    client = program_of(cast.expert)
    made = send(client, thread_at(cast), {"text": "Gone."}, client.get(thread_at(cast))["ETag"]).json()["id"]
    discard = thread_at(cast, f"messages/{made}/discard/")
    etag = client.get(discard)["ETag"]
    done, again = (send(client, discard, {}, etag, "a-key") for _ in range(2))
    assert (done.status_code, again.status_code, again.json()) == (200, 200, done.json())
    assert send(client, discard, {}, etag, "another").status_code == 404
    assert send(program_of(cast.expert, state=cast.state), discard, {}, etag, "a-key").status_code == 404


@pytest.mark.stage("dialogue")
def test_a_token_reaches_no_further_than_it_was_made_for(cast: Cast) -> None:
    read = program_of(cast.expert, "dialogue:read")
    etag = read.get(thread_at(cast))["ETag"]
    refused = send(read, thread_at(cast), {"text": "x"}, etag)
    assert (refused.status_code, "dialogue:write" in refused.json()["title"]) == (403, True)
    assert program_of(cast.expert, "texts:read").get(thread_at(cast)).status_code == 403
    assert program_of(cast.stranger).get(thread_at(cast)).status_code == 404
    other = make_review(state="XAL")
    register(other, cast.expert, other.state_under_review, cast.participations["expert"].role)
    assert program_of(cast.expert, state=other.state_under_review).get(thread_at(cast)).status_code == 404


@pytest.mark.stage("dialogue")
def test_an_act_that_binds_needs_a_token_made_for_such(cast: Cast) -> None:
    client = program_of(cast.focal_point)
    made = send(client, thread_at(cast), {"text": "One."}, client.get(thread_at(cast))["ETag"]).json()["id"]
    release = thread_at(cast, f"messages/{made}/release/")
    without = program_of(cast.focal_point, *(scope for scope in ALL if scope != "bind"))
    assert "bind" in without.get(release).json()["title"]
    done = send(client, release, {}, client.get(release)["ETag"])
    assert (done.status_code, DialogueMessage.objects.get(pk=made).sent_at is not None) == (200, True)
    assert send(client, release, {}).status_code == 403, "with the reason of the page"


# What an act promises beside what goes well, as it is provoked elsewhere too; a token that moved is of other letters.
PROMISED = {
    **PROVOKED,
    "412": lambda asking: asking.ask(**{"If-Match": f'"{".".join(["0" * 32] * 3)}"'}),
    "415": lambda asking: asking.send(asking.client, {}, "", {}, content_type="application/xml"),
}


def test_every_act_promises_the_same() -> None:
    paths = yaml.safe_load(DOCUMENT.read_text("utf-8"))["paths"]
    acts = [
        each for methods in paths.values() for each in methods.values() if "x-act-of" in each and "requestBody" in each
    ]
    assert {frozenset(act["responses"]) for act in acts} == {frozenset({"200", *PROMISED})}


@pytest.mark.stage("dialogue")
def test_what_an_act_promises_is_given(cast: Cast) -> None:
    client = login_as(Client(raise_request_exception=False), cast.expert)
    asking = Asking(client, "post", thread_at(cast))
    given = {}
    for status, provoke in sorted(PROMISED.items()):
        with transaction.atomic():
            answer = provoke(asking)
            given[status] = (answer.status_code, answer["Content-Type"])
            transaction.set_rollback(True)
        forget_newest_terms()
    assert given == {status: (int(status), PROBLEM) for status in PROMISED}


@pytest.mark.scene(OBSERVATIONS)
def test_an_address_says_which_of_two_acts_of_one_page_it_is(scene: Scene) -> None:
    """A note to colleagues and a reply to all States are written on one page, at two addresses."""
    said = {}
    for name in ("suggestion-note", "suggestion-reply"):
        page = next(row for row in PAGES if row.name == f"observations:{name}" and OBSERVATIONS in row.access)
        client = signed_in(scene.cast.people["same_group_focal_point"])
        said[name] = client.get(reverse(f"api:{name}", args=page.args(scene))).json()["title"]
    assert said == {"suggestion-note": "Write to your colleagues", "suggestion-reply": "Write to all States"}


# --- The acts of all features


def test_each_act_has_a_name_of_its_own() -> None:
    pages: dict[str, set[str]] = {}
    for address in act_addresses():
        pages.setdefault(address.name, set()).add(address.view.twin_of[0])
    assert {name: twins for name, twins in pages.items() if len(twins) > 1} == {}


def test_no_act_does_on_its_page_what_a_program_would_miss() -> None:
    ways = set()
    for address in act_addresses():
        page = address.view.page
        base = ServiceFormView if issubclass(page, ServiceFormView) else ServiceActionView
        ways |= {
            getattr(page, name).__qualname__
            for name in ("post", "form_valid")
            if hasattr(base, name) and getattr(page, name) is not getattr(base, name)
        }
    assert ways - set(OWN_WAYS) == set(), "say why it is for a page alone, or leave the act for later"


def test_no_form_of_an_act_looks_at_more_than_its_fields() -> None:
    """What else a form reads, such as rows of other forms, a program could not say, and would take away."""
    of_pages = {address.name: getattr(address.view.page, "form_class", None) for address in act_addresses()}
    assert {name for name, form in of_pages.items() if form and form.is_valid is not forms.BaseForm.is_valid} == set()


# The button stands under what it is about; the values that it says (``takes``, or the fields) are what is decided.
SAID_ELSEWHERE = {
    "consultation-confirm",
    "mechanism-confirm",
    "proposal-decline",
    "proposal-take",
    "publication-translations",
    "publish",
    "statement-add",
    "statement-change",
    "text-clear",
    "text-propose",
    "text-take-back",
    "time-answer",
    "language-set-propose",
}


def test_an_act_that_binds_says_before_what_it_does() -> None:
    silent = set()
    for address in act_addresses():
        page, action = address.view.page, address.view.page.policy_action
        own = getattr(page, "said_before", None)
        if isinstance(action, TextChoices) and is_binding(action) and own in {None, ServiceFormView.said_before}:
            silent |= set() if getattr(page, "lead", "") else {address.name}
    assert silent == SAID_ELSEWHERE


def with_drafts_of_its_own(scene: Scene) -> Scene:
    """What an address makes when it asks for a draft goes with this test, and is not known to the next one."""
    own = copy.copy(scene)
    object.__setattr__(own, "drafts", Drafts())
    return own


def walked(step: str) -> Iterator[tuple[Page, str]]:
    """The acts of which somebody may open the page at this step, and one who may."""
    of_pages = [page for page in PAGES if step in page.access and page.access[step].may]
    for address in act_addresses():
        rows = [page for page in of_pages if page.name == address.view.twin_of[0]]
        if rows:
            yield rows[0], min(rows[0].access[step].may)


@pytest.mark.parametrize(
    "step", [pytest.param(each, marks=pytest.mark.scene(each)) for each in (DRAFT, SENT, DIALOGUE, OBSERVATIONS)]
)
def test_every_act_answers_whoever_may(scene: Scene, step: str) -> None:
    wrong, seen = [], 0
    scene = with_drafts_of_its_own(scene)
    for page, person in walked(step):
        address = reverse(f"api:{page.name.partition(':')[2]}", args=page.args(scene))
        client = signed_in(scene.cast.people[person])
        read = client.get(address)
        if read.status_code != 200:
            wrong.append(f"{page} as {person}: {read.status_code}")
            continue
        seen += 1
        with transaction.atomic():
            unread = send(client, address, {}).status_code
            done = send(client, address, {}, read["ETag"])
            transaction.set_rollback(True)
        missing = done.json().get("errors", {}).get("non_field_errors", [])
        if "This field is required." in missing:  # unseen, and without a value that stands
            wrong.append(f"{page} as {person}: nobody can say what its form carries")
        again = {404} if unread == 200 else set()  # what was ended just now is not there any more
        if (unread == 428) != read.json()["rests"] or done.status_code not in {200, 400, 403, *again}:
            wrong.append(f"{page} as {person}: {unread}, {done.status_code} {done.content[:200]!r}")
    assert wrong == []
    assert seen > 15
