"""How programs use the API: what a token reaches, revisions, keys of acts, pages, fields and limits."""

import json
from base64 import b64encode
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from core.database.identity import identified_as
from core.idempotent import KEPT_FOR, forget_old
from core.models import IdempotentAnswer
from questionnaires.laws.models import Law
from questionnaires.responses.models import Answer, AnswerRevision, ResponseSubmission
from reviews.cases.enums import ParticipationRole
from tests.accounts.tokens.making import ALL, READS, program_of
from tests.guards import guards_off
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import run
from tests.utils import Cast, make_review, register

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"
CODE = "I.untoc.1.a"


def review_at(cast: Cast, more: str = "") -> str:
    return f"{ROOT}untoc/reviews/{cast.review.code}/{more}"


def answer_at(cast: Cast, code: str = CODE) -> str:
    return review_at(cast, f"self-assessment/answers/{code}/")


def put(client: Client, address: str, body: dict[str, Any], revision: int | None) -> Any:
    headers = {} if revision is None else {"If-Match": f'"1.{revision}"'}
    return client.put(address, json.dumps(body), content_type="application/json", headers=headers)


def post(client: Client, address: str, body: dict[str, Any], key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(address, json.dumps(body), content_type="application/json", headers=headers)


# --- Who calls


@pytest.mark.parametrize("header", ["", "Bearer crp_wrong", "Bearer ", "Basic abc"])
def test_whoever_calls_is_told_the_way_in(header: str) -> None:
    answer = Client().get(f"{ROOT}me/", headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    said = 'Bearer realm="api"' + (', error="invalid_token"' if header.startswith("Bearer") else "")
    assert answer["WWW-Authenticate"] == said


def test_a_refusal_is_in_the_callers_language() -> None:
    titles = {Client().get(f"{ROOT}me/", headers={"Accept-Language": each}).json()["title"] for each in ("en", "ar")}
    assert len(titles) == 2


def test_the_root_lists_what_a_token_reaches(cast: Cast) -> None:
    narrow = {row["name"] for row in program_of(cast.expert, "reviews:read").get(ROOT).json()["results"]}
    assert {"root", "schema", "me", "work", "review-list", "dates", "record"} <= narrow
    assert narrow & {"answer", "law-list", "clearance", "questionnaire-detail"} == set()
    wide = {row["name"]: row["methods"] for row in program_of(cast.expert).get(ROOT).json()["results"]}
    assert (wide["answer"], wide["law-list"]) == (["GET", "PUT"], ["GET", "POST"])


def test_one_knows_who_one_is(cast: Cast) -> None:
    body = program_of(cast.expert, *READS, state=cast.state).get(f"{ROOT}me/").json()
    assert (body["email"], body["token"]["scopes"]) == (cast.expert.email, list(READS))
    assert body["token"]["state_party"]["iso3"] == cast.state.iso3
    place = {"mechanism": "untoc", "code": cast.review.code, "side": "under_review", "role": "governmental_expert"}
    assert [each | place for each in body["reviews"]] == body["reviews"]


# --- How far a token reaches


def test_a_scope_that_is_missing_is_named(cast: Cast) -> None:
    client = program_of(cast.expert, "reviews:read", "answers:read")
    answer = put(client, answer_at(cast), {"text": "x"}, 0)
    assert (answer.status_code, "answers:write" in answer.json()["title"]) == (403, True)
    assert client.get(answer_at(cast)).status_code == 200


def test_a_token_for_one_state_finds_nothing_of_another(cast: Cast) -> None:
    """Whoever acts for two States in two reviews chooses for which one a program acts."""
    other = make_review(state="XAL")
    register(other, cast.expert, other.state_under_review, ParticipationRole.GOVERNMENTAL_EXPERT)
    client = program_of(cast.expert, state=other.state_under_review)
    assert [row["code"] for row in client.get(f"{ROOT}untoc/reviews/").json()["results"]] == [other.code]
    for more in (
        "",
        "participants/",
        "self-assessment/",
        f"self-assessment/answers/{CODE}/",
        "self-assessment/whole/",
        "laws/",
        "laws/references/",
    ):
        assert client.get(review_at(cast, more)).status_code == 404, more
    assert {row["code"] for row in client.get(f"{ROOT}work/").json()["results"]} <= {other.code}


def test_my_work_is_that_of_the_page(cast: Cast) -> None:
    rows = program_of(cast.focal_point).get(f"{ROOT}work/").json()["results"]
    assert rows
    assert {row["part"] for row in rows} <= {"mine", "waiting", "later"}


# --- Answers, and their revisions


def test_an_answer_is_saved_on_the_revision_that_was_read(cast: Cast) -> None:
    client = program_of(cast.expert)
    read = client.get(answer_at(cast))
    base = int(read["ETag"].strip('"').removeprefix("1."))
    saved = put(client, answer_at(cast), {"text": "By a program."}, base)
    body = saved.json()
    assert (saved.status_code, body["status"], saved["ETag"]) == (200, "saved", f'"1.{base + 1}"')
    assert body["answer"]["text"] == "By a program."
    assert client.get(answer_at(cast)).json()["revision"] == f"1.{base + 1}"
    again = put(client, answer_at(cast), {"text": "By a program."}, base)
    assert (again.status_code, again["ETag"]) == (200, f'"1.{base + 1}"'), "whose answer was lost is sent again"


def test_whoever_takes_answers_compressed_writes_on_what_was_read(cast: Cast) -> None:
    client = program_of(cast.expert)
    put(client, answer_at(cast), {"text": "In the law. " * 100}, 0)  # what is short is sent as it is
    read = client.get(answer_at(cast), headers={"Accept-Encoding": "gzip"})
    assert (read["Content-Encoding"], read["ETag"][:2]) == ("gzip", "W/")
    body, headers = json.dumps({"text": "By a program."}), {"If-Match": read["ETag"]}
    saved = client.put(answer_at(cast), body, content_type="application/json", headers=headers)
    assert saved.status_code == 200, saved.json()


def test_a_save_sent_again_is_known_as_it_was_stored(cast: Cast) -> None:
    """A cell of a spreadsheet has other ends of lines, and spaces at the end."""
    client, law = program_of(cast.expert), {"law": " Penal Code ", "provision": "", "link": "nowhere"}
    sent = {"text": "One\r\ntwo \r\n", "citations": [law, {"law": ""}]}
    answers = [put(client, answer_at(cast), sent, 0) for _ in range(2)]
    assert [(each.status_code, each.json()["status"]) for each in answers] == [(200, "saved"), (200, "unchanged")]
    assert answers[1].json()["answer"]["text"] == "One\ntwo"


def test_nobody_writes_over_what_was_not_read(cast: Cast) -> None:
    client = program_of(cast.expert)
    assert put(client, answer_at(cast), {"text": "x"}, None).status_code == 428
    put(client, answer_at(cast), {"text": "Mine."}, 0)
    saves = AnswerRevision.objects.count()
    moved = put(client, answer_at(cast), {"text": "Of another."}, 7)
    body = moved.json()
    assert (moved.status_code, body["current"]["text"], body["yours"]["text"]) == (412, "Mine.", "Of another.")
    assert put(client, answer_at(cast), {"text": "Of another."}, int(body["revision"][2:])).status_code == 200
    assert AnswerRevision.objects.count() == saves + 1


@pytest.mark.parametrize(
    ("body", "field"),
    [({"txt": "x"}, "txt"), ({"choices": ["Nothing of the kind"]}, "choices")],
)
def test_what_is_no_answer_is_refused_by_the_field(cast: Cast, body: dict[str, Any], field: str) -> None:
    answer = put(program_of(cast.expert), answer_at(cast), body, 0)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Answer.objects.filter(saved_by=cast.expert).exists()


def test_who_may_not_write_is_told_the_reason_of_the_page(cast: Cast) -> None:
    answer = put(program_of(cast.observer), answer_at(cast), {"text": "x"}, 0)
    assert answer.status_code == 403
    assert answer.json()["title"] == "Only the experts and the focal point of the State under review write answers."


def test_a_section_comes_with_its_questions(cast: Cast) -> None:
    client = program_of(cast.expert)
    section = client.get(review_at(cast, "self-assessment/")).json()["sections"][0]
    place = f"self-assessment/{section['instrument']}/{section['section']}/"
    rows = client.get(review_at(cast, place)).json()["answers"]
    assert len(rows) >= section["asked"]
    assert {"code", "question", "kind", "options", "is_asked", "revision", "answer"} <= set(rows[0])


# --- An act that is named by a key is done once


def test_the_same_key_does_an_act_once(cast: Cast) -> None:
    client, laws = program_of(cast.expert), review_at(cast, "laws/")
    first = post(client, laws, {"title": "Penal Code"}, "a-key")
    again = post(client, laws, {"title": "Penal Code"}, "a-key")
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    assert again["Idempotent-Replayed"] == "true"
    assert Law.objects.filter(state_party=cast.state).count() == 1
    other = post(client, laws, {"title": "Another law"}, "a-key")
    assert (other.status_code, other["Content-Type"]) == (422, "application/problem+json")
    assert post(program_of(cast.focal_point), laws, {"title": "Another law"}, "a-key").status_code == 201


def test_a_page_names_its_act_by_a_key_too(cast: Cast) -> None:
    """With a cookie the body is read for the CSRF token before the act."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.expert)
    browser.cookies[django_settings.CSRF_COOKIE_NAME] = "a" * 32
    headers = {"Idempotency-Key": "a-key", "X-CSRFToken": "a" * 32}
    body = json.dumps({"title": "Penal Code"})
    answers = [
        browser.post(review_at(cast, "laws/"), body, content_type="application/json", headers=headers) for _ in range(2)
    ]
    assert [(each.status_code, each.get("Idempotent-Replayed")) for each in answers] == [(201, None), (201, "true")]
    del headers["X-CSRFToken"]
    assert (
        browser.post(review_at(cast, "laws/"), body, content_type="application/json", headers=headers).status_code
        == 403
    )


def test_what_was_refused_may_be_mended_under_the_same_key(cast: Cast) -> None:
    client, laws = program_of(cast.expert), review_at(cast, "laws/")
    refused = post(client, laws, {"title": "Penal Code", "link": "nowhere"}, "a-key")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["link"])
    assert post(client, laws, {"title": "Penal Code"}, "a-key").status_code == 201


def test_answers_are_forgotten_after_a_day(cast: Cast) -> None:
    post(program_of(cast.expert), review_at(cast, "laws/"), {"title": "Penal Code"}, "a-key")
    assert forget_old() == 0
    with guards_off(["core_idempotentanswer"]):
        kept = IdempotentAnswer.objects.get()
        IdempotentAnswer.objects.update(created_at=kept.created_at - KEPT_FOR)
    assert forget_old() == 1


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
def test_the_database_gives_what_was_answered_to_its_person_alone(cast: Cast) -> None:
    post(program_of(cast.expert), review_at(cast, "laws/"), {"title": "Penal Code"}, "a-key")
    rows = {}
    for name in ("expert", "focal_point", "officer"):
        with identified_as(cast.people[name]):
            rows[name] = run("SELECT * FROM core_idempotentanswer")
    assert rows == {"expert": 1, "focal_point": 0, "officer": 0}


# --- Acts that bind


def test_a_binding_act_needs_a_token_made_for_such(cast: Cast) -> None:
    clearance = review_at(cast, "self-assessment/clearance/")
    without = program_of(cast.focal_point, *(scope for scope in ALL if scope != "bind"))
    assert "bind" in without.get(clearance).json()["title"]
    client = program_of(cast.focal_point)
    read = client.get(clearance).json()
    shown = {"number": read["number"], "sha256": read["sha256"]}
    stale = post(client, clearance, {**shown, "sha256": "0" * 64})
    assert (stale.status_code, ResponseSubmission.objects.count()) == (412, 0)
    sent = post(client, clearance, shown)
    assert (sent.status_code, sent.json()["sha256"]) == (201, read["sha256"])


def test_a_clearance_whose_answer_was_lost_is_sent_again(cast: Cast) -> None:
    clearance, client = review_at(cast, "self-assessment/clearance/"), program_of(cast.focal_point)
    read = client.get(clearance).json()
    shown = {"number": read["number"], "sha256": read["sha256"]}
    first, again = (post(client, clearance, shown, "a-key") for _ in range(2))
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert (again["Idempotent-Replayed"], ResponseSubmission.objects.count()) == ("true", 1)
    without = program_of(cast.focal_point, *(scope for scope in ALL if scope != "bind"))
    others = (
        post(without, clearance, shown, "a-key"),
        post(client, clearance, shown, "b"),
        post(client, clearance, shown),
    )
    assert {each.status_code for each in others} == {403}
    assert post(program_of(cast.stranger), clearance, shown, "a-key").status_code == 404


# --- Pages, fields, filters, limits


def test_a_list_comes_in_pages_and_is_narrowed_as_on_the_page(cast: Cast) -> None:
    for state in ("XHV", "XAL"):
        make_review(state=state)
    client, address = program_of(cast.officer), f"{ROOT}untoc/reviews/"
    codes, place = [], f"{address}?page_size=2&fields=code"
    while place:
        body = client.get(place).json()
        assert all(set(row) == {"code"} for row in body["results"])
        codes += [row["code"] for row in body["results"]]
        place = body["next"]
    assert (codes, len(codes) > 2) == (sorted(set(codes)), True)
    assert [row["code"] for row in client.get(f"{address}?q={codes[0]}").json()["results"]] == codes[:1]
    for query, field in {"stepp=x": "stepp", "step=nope": "step", "fields=codes": "fields"}.items():
        answer = client.get(f"{address}?{query}")
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


@pytest.mark.parametrize("position", ["%00", "abc", "0001-01-01 00:00+14:00", "2026-13-45"])
def test_a_cursor_that_nobody_gave_leads_nowhere(cast: Cast, position: str) -> None:
    cursor = b64encode(f"p={position}".encode()).decode()
    answer = program_of(cast.expert).get(review_at(cast, "laws/"), {"cursor": cursor})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_limits_are_told(cast: Cast, settings: Settings) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "api": (600, 6_000)}
    answer = program_of(cast.expert).get(f"{ROOT}me/")
    assert answer["RateLimit-Policy"] == '"api";q=600;w=60'
    assert answer["RateLimit"].startswith('"api";r=5')
    assert (answer["Cache-Control"], "Authorization" in answer["Vary"]) == ("private, no-store", True)
