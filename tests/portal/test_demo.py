"""The demo: believable, the same for the same seed, for fictional States only, and safe to repeat."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from accounts.models import StateParty, User
from core.audit import first_broken_entry
from portal.demo import load
from portal.demo.plan import PASSPHRASE, people, planned_reviews
from questionnaires.models import Answer, AnswerRevision, Response, ResponseSubmission, SectionAssignment
from questionnaires.selectors.responses import overview_for
from reviews.grants import drift
from reviews.models import Participation, Review

pytestmark = pytest.mark.django_db

CODES = ["1-XAL", "1-XHS", "1-XKV", "1-XMB", "1-XOK", "1-XSK", "1-XVE"]


def seed(*arguments: str) -> str:
    out = StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    return out.getvalue()


def answers() -> list[Any]:
    rows = Answer.objects.order_by("response__review__code", "question__order")
    return list(rows.values_list("response__review__code", "question__code", "choices", "text", "citations"))


def test_the_whole_demo() -> None:
    assert seed() == "Built the demo reviews 1-XKV, 1-XMB, 1-XAL, 1-XVE, 1-XOK, 1-XHS, 1-XSK.\n"
    assert_every_stage_is_there()
    assert_answers_are_believable()
    assert_nothing_is_broken()
    before = answers()
    assert seed() == "The demo is there already.\n"
    assert Review.objects.count() == len(CODES)
    assert answers() == before
    assert_accounts_are_listed()


def assert_every_stage_is_there() -> None:
    assert dict(Review.objects.order_by("code").values_list("code", "step__slug")) == {
        "1-XAL": "self_assessment",
        "1-XHS": "written_feedback",
        "1-XKV": "consultations",
        "1-XMB": "self_assessment",
        "1-XOK": "self_assessment",
        "1-XSK": "written_feedback",
        "1-XVE": "self_assessment",
    }
    assert dict(Response.objects.order_by("review__code").values_list("review__code", "status")) == {
        "1-XAL": "open",
        "1-XHS": "sent",
        "1-XMB": "open",
        "1-XOK": "open",
        "1-XSK": "sent",
        "1-XVE": "in_clearance",
    }
    assert Response.objects.get(review__code="1-XOK").return_reason != ""
    assert ResponseSubmission.objects.count() == 2
    assert SectionAssignment.objects.filter(response__review__code="1-XAL").count() == 2


def assert_answers_are_believable() -> None:
    for code, status in (("1-XVE", 0), ("1-XSK", 0), ("1-XHS", 0)):
        focal_point = Participation.objects.get(review__code=code, side="under_review", role="focal_point").user
        assert overview_for(focal_point, Response.objects.get(review__code=code)).missing == status
    assert Answer.objects.filter(response__review__code="1-XMB").count() == 0
    texts = Answer.objects.exclude(text="").filter(question__kind="text").values_list("text", flat=True)
    lengths = [len(text.split()) for text in texts]
    assert max(lengths) <= 180
    assert sum(length >= 40 for length in lengths) > 0.9 * len(lengths)
    assert any("\n- " in text for text in texts), "some answers hold a list"
    assert [text for text in texts if "{" in text] == []
    arabic = Answer.objects.filter(response__review__code="1-XHS", question__kind="text").exclude(text="")
    assert [answer.text for answer in arabic if not any("\u0600" <= letter <= "\u06ff" for letter in answer.text)] == []
    authors = Answer.objects.filter(response__review__code="1-XAL").values_list("saved_by", flat=True).distinct()
    assert authors.count() >= 3
    assert AnswerRevision.objects.filter(number=2).exists()


def assert_nothing_is_broken() -> None:
    assert [review.code for review in Review.objects.all() if drift(review)] == []
    assert first_broken_entry() is None
    assert Review.objects.filter(state_under_review__is_fictional=False).count() == 0
    assert Participation.objects.filter(state_party__is_fictional=False).count() == 0
    assert User.objects.exclude(email__endswith=".example").count() == 0


def assert_accounts_are_listed() -> None:
    lines = seed("--print-accounts").splitlines()
    assert PASSPHRASE in lines[0]
    listed = [person for person in people() if person.look_at]
    assert len(lines) == len(listed) + 3
    for person in listed:
        line = next(line for line in lines if person.email in line)
        assert person.name in line
        assert line.endswith(person.look_at)
    request = RequestFactory().post("/en/sign-in/")
    user = authenticate(request, username=listed[0].email, password=PASSPHRASE)
    assert user == User.objects.get(email=listed[0].email)


def test_no_accounts_are_listed_where_there_is_no_demo() -> None:
    assert seed("--print-accounts") == ""


def test_it_stops_at_a_step_and_goes_on_from_there() -> None:
    assert seed("--until", "consultations") == "Built the demo reviews 1-XKV.\n"
    assert Response.objects.count() == 0


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        seed("--until", "lunch")


def test_the_same_seed_draws_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    half = [planned for planned in planned_reviews("self_assessment") if planned.until == "half_answered"]
    monkeypatch.setattr(load, "planned_reviews", lambda until: half)
    drawn = []
    for number in (1, 1, 2):
        load.load_demo("self_assessment", number)
        drawn.append(answers())
        Review.objects.all().delete()
    assert drawn[0] == drawn[1] != drawn[2]


def test_an_interruption_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(load, "_answer", interrupted)
    with pytest.raises(KeyboardInterrupt):
        seed()
    assert (Review.objects.count(), User.objects.count()) == (0, 0)


def test_light_reviews_for_measurements() -> None:
    states = StateParty.objects.count()
    assert "Opened 9 light reviews." in seed("--until", "consultations", "--reviews", "9")
    assert Review.objects.count() == 10
    made = StateParty.objects.order_by("-created_at")[: StateParty.objects.count() - states]
    assert {(state.is_fictional, state.iso3[0]) for state in made} == {(True, "X")}
