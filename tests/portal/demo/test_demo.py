"""The demo: believable, the same for the same seed, for fictional States only, at every step, and safe to repeat."""

from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone

from accounts.people.models import User
from core.audit import chain_now, first_break_anywhere
from core.audit.roots.checking import findings
from core.audit.roots.selectors import latest_root
from core.language.word_counts import count_words
from core.models import AuditEntry, Notification
from dialogue.desk.selectors import word_count_of as word_count_of_comments
from dialogue.exchange.models import (
    ClarificationAnswer,
    ClarificationRequest,
    FeedbackComment,
    SupplementaryInformation,
    WrittenFeedback,
)
from dialogue.exchange.selectors import articles_under_review
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Objection, Observation, Publication, SummaryPassage
from observations.texts.selectors import headings_of, parties_to
from observations.versions.selectors import clearances_of, standing_version
from observations.wording.documents import current_document, word_count_of
from portal.demo import load
from portal.demo.plan import PASSPHRASE, STAGES_OF_STEP, STEPS, people, planned_reviews
from questionnaires.progress.selectors.overview import overview_for
from questionnaires.responses.models import Answer, AnswerRevision, Response, ResponseSubmission, SectionAssignment
from questionnaires.reuse.models import ReusedAnswer
from reviews.cases.models import Participation, Review, ReviewMilestone
from reviews.consultations.selectors import standing_proposal, standing_words
from reviews.meetings.models import DialogueMeeting
from reviews.programme.models import Step
from tests.portal.demo.demo_words import assert_the_words_read_well, written

pytestmark = pytest.mark.django_db

STEP_OF_REVIEW = {
    "1-XAL": "self_assessment",
    "1-XHS": "written_feedback",
    "1-XHV": "observations",
    "1-XKV": "consultations",
    "1-XLE": "dialogue",
    "1-XMB": "self_assessment",
    "1-XOK": "self_assessment",
    "1-XPE": "consultations",
    "1-XSK": "written_feedback",
    "1-XTS": "written_feedback",
    "1-XTU": "closed",
    "1-XVE": "self_assessment",
    "1-XWD": "closed",
    "1-XZM": "summary",
}
ELSEWHERE = {"1-XAN", "1-XLA", "1-XMO", "1-XZU", "1-XQU"}
SENT = {code for code, step in STEP_OF_REVIEW.items() if step not in {"consultations", "self_assessment"}}
AFTER_THE_DIALOGUE = ("1-XHV", "1-XZM", "1-XTU", "1-XWD")
LIST, SUMMARY = TextKind.LIST_OF_OBSERVATIONS, TextKind.SUMMARY


def seed(*arguments: str) -> str:
    out = StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    return out.getvalue()


def answers() -> list[Any]:
    rows = Answer.objects.order_by("response__review__code", "question__order")
    return list(rows.values_list("response__review__code", "question__code", "choices", "text", "citations"))


def test_a_file_says_how_many_reviews_are_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    progress, said, build = tmp_path / "progress", [], load._build
    monkeypatch.setattr(load, "_build", lambda *words: said.append(progress.read_text()) or build(*words))
    seed("--until", "consultations", "--progress", str(progress))
    assert said == ["0 2", "1 2"]


@pytest.mark.prove
def test_the_whole_demo() -> None:
    brought = "1-XAN, 1-XLA, 1-XMO, 1-XZU, 1-XQU"
    names = "1-XKV, 1-XPE, 1-XMB, 1-XAL, 1-XVE, 1-XOK, 1-XHS, 1-XSK, 1-XTS, 1-XLE, 1-XHV, 1-XZM, 1-XTU, 1-XWD, 5-XTU"
    assert seed() == f"Built the demo reviews {brought}, {names}.\nBuilt the demo draws 2-T1, 2-T2, 4-T1, 3-T1.\n"
    assert_every_step_is_there()
    assert_languages_are_agreed()
    assert_answers_are_believable()
    assert_feedback_is_drafted_and_sent()
    assert_the_words_read_well()
    assert_the_dialogue_is_held()
    assert_lists_are_believable()
    assert_texts_stand_where_planned()
    assert_texts_are_public_one_in_french_too()
    assert_dates_have_gone_by_in_their_order()
    assert_nothing_is_broken()
    assert (findings(), latest_root() is not None) == ([], True)
    before = answers(), written(), AuditEntry.objects.count(), Notification.objects.count()
    assert seed() == "The demo is there already.\n"
    assert (answers(), written(), AuditEntry.objects.count(), Notification.objects.count()) == before
    assert_accounts_are_listed()


def assert_every_step_is_there() -> None:
    brought = Review.objects.filter(is_brought_in=True).values_list("code", "step__slug")
    assert dict(brought) == dict.fromkeys(ELSEWHERE, "closed")
    here = Review.objects.filter(phase__number=1, is_brought_in=False)
    assert dict(here.values_list("code", "step__slug")) == STEP_OF_REVIEW
    assert set(STEP_OF_REVIEW.values()) == set(STEPS)
    assert dict(Response.objects.values_list("review__code", "status")) == {
        "1-XAL": "open",
        "1-XMB": "open",
        "1-XOK": "open",
        "1-XVE": "in_clearance",
        "5-XTU": "open",
        **dict.fromkeys(SENT, "sent"),
    }
    assert Response.objects.get(review__code="1-XOK").return_reason != ""
    assert set(ResponseSubmission.objects.values_list("review__code", flat=True)) == SENT
    assert SectionAssignment.objects.filter(response__review__code="1-XAL").count() == 6
    assert set(ReusedAnswer.objects.values_list("response__review__code", "source_review")) == {("5-XTU", "1-XTU")}
    proposals = Response.objects.get(review__code="1-XAL").proposals.all()
    assert (len({each.participation_id for each in proposals}), sum(each.is_returned for each in proposals)) == (2, 1)


def assert_languages_are_agreed() -> None:
    languages = dict(Review.objects.filter(phase__number=1).values_list("code", "working_languages"))
    assert languages == {
        **{code: ["en"] for code in {*STEP_OF_REVIEW, *ELSEWHERE}},
        "1-XKV": [],
        "1-XPE": [],
        "1-XHS": ["ar"],
        "1-XWD": ["ar"],
        "1-XZM": ["en", "fr"],
    }
    assert standing_proposal(Review.objects.get(code="1-XKV")) is None
    half_confirmed = Review.objects.get(code="1-XPE")
    proposal = standing_proposal(half_confirmed)
    assert proposal is not None
    assert (proposal.languages, bool(proposal.reason)) == (["es", "en", "fr"], True)
    assert sorted(proposal.dates) == ["answers_sent", "dialogue_held", "feedback_sent"]
    assert [state.iso3 for state in standing_words(half_confirmed).missing] == ["XLV"]
    agreed = ReviewMilestone.objects.exclude(agreed_on=None).order_by("review__code", "plan__order")
    assert list(agreed.values_list("review__code", "plan__slug")) == [
        ("1-XAL", "answers_sent"),
        ("1-XLE", "dialogue_held"),
        ("1-XLE", "list_agreed"),
    ]


def assert_answers_are_believable() -> None:
    for code in ("1-XVE", *SENT):
        focal_point = Participation.objects.get(review__code=code, side="under_review", role="focal_point").user
        assert overview_for(focal_point, Response.objects.get(review__code=code)).missing == 0
    assert Answer.objects.filter(response__review__code="1-XMB").count() == 0
    texts = Answer.objects.exclude(text="").filter(question__kind="text").values_list("text", flat=True)
    lengths = [len(text.split()) for text in texts]
    assert max(lengths) <= 180
    assert sum(length >= 40 for length in lengths) > 0.9 * len(lengths)
    assert any("\n- " in text for text in texts), "some answers hold a list"
    assert [text for text in texts if "{" in text] == []
    for code in ("1-XHS", "1-XWD"):
        assert_arabic(Answer.objects.filter(response__review__code=code, question__kind="text").exclude(text=""))
    authors = Answer.objects.filter(response__review__code="1-XAL").values_list("saved_by", flat=True).distinct()
    assert (authors.count() >= 3, AnswerRevision.objects.filter(number=2).exists()) == (True, True)


def assert_feedback_is_drafted_and_sent() -> None:
    here = WrittenFeedback.objects.filter(review__is_brought_in=False)
    rows = here.order_by("review__code", "state_party__iso3")
    assert list(rows.values_list("review__code", "state_party__iso3", "status", "room__iso3")) == [
        ("1-XHS", "XMI", "draft", "XMI"),
        ("1-XHS", "XWD", "draft", "XWD"),
        ("1-XHV", "XLV", "sent", None),
        ("1-XHV", "XOR", "sent", None),
        ("1-XLE", "XPE", "sent", None),
        ("1-XLE", "XVE", "sent", None),
        ("1-XSK", "XHV", "draft", "XHV"),
        ("1-XSK", "XWX", "draft", "XWX"),
        ("1-XTS", "XCV", "draft", "XCV"),
        ("1-XTS", "XZM", "sent", None),
        ("1-XTU", "XMI", "sent", None),
        ("1-XTU", "XWX", "sent", None),
        ("1-XWD", "XHS", "sent", None),
        ("1-XWD", "XTS", "sent", None),
        ("1-XZM", "XAM", "sent", None),
        ("1-XZM", "XCV", "sent", None),
    ]
    words = {(row.review.code, row.state_party.iso3): word_count_of_comments(row.comments.all()) for row in rows}
    assert {key for key, count in words.items() if count == 0} == {("1-XHS", "XMI"), ("1-XHS", "XWD")}
    assert max(words.values()) < 10_500
    assert FeedbackComment.objects.filter(text__contains="{").count() == 0
    assert_arabic(FeedbackComment.objects.filter(feedback__review__code="1-XWD"))


def assert_the_dialogue_is_held() -> None:
    requests = ClarificationRequest.objects.values_list("review__code", "status")
    assert Counter(requests) == {
        ("1-XSK", "draft"): 1,
        ("1-XLE", "draft"): 1,
        ("1-XLE", "asked"): 3,
        ("1-XLE", "answered"): 1,
        ("1-XLE", "closed"): 1,
        **{(code, "answered"): 1 for code in AFTER_THE_DIALOGUE},
        **{(code, "closed"): 2 for code in AFTER_THE_DIALOGUE},
    }
    drafted = ClarificationAnswer.objects.exclude(room=None)
    assert list(drafted.values_list("review__code", "room__iso3", "request__status")) == [("1-XLE", "XLE", "asked")]
    assert Counter(SupplementaryInformation.objects.values_list("review__code", "room__iso3")) == {
        ("1-XLE", None): 3,
        ("1-XLE", "XLE"): 1,
        ("1-XHV", None): 3,
        ("1-XZM", None): 3,
        ("1-XTU", None): 3,
        ("1-XWD", None): 2,
    }
    source = SupplementaryInformation.objects.exclude(file="").get(review__code="1-XLE")
    assert source.file_name == "statistics.pdf"
    with source.file.open() as file:
        assert file.read(5) == b"%PDF-"
    meetings = Counter(DialogueMeeting.objects.values_list("review__code", flat=True))
    assert meetings == {"1-XLE": 1, **dict.fromkeys(AFTER_THE_DIALOGUE, 2)}
    rooms = Observation.objects.exclude(room=None).values_list("review__code", "agreed_text__instrument__slug")
    assert Counter(rooms) == {("1-XLE", "untoc"): 3, ("1-XHV", "untoc"): 5}


def assert_lists_are_believable() -> None:
    finished = [
        text for text in AgreedText.objects.filter(kind=LIST, review__is_brought_in=False) if text.review.step.order > 4
    ]
    assert Counter(text.review.code for text in finished) == {"1-XHV": 4, "1-XZM": 3, "1-XTU": 2, "1-XWD": 2}
    for text in finished:
        observations = list(Observation.objects.filter(agreed_text=text).exclude(question_codes=[]))
        assert 8 <= len(observations) <= 20
        assert {row.heading for row in observations} == set(headings_of(text.review))
        under_review = set(articles_under_review(text.review, text.instrument))
        submission = ResponseSubmission.objects.filter(review=text.review).latest("number")
        answered = {answer["code"] for answer in submission.document["answers"]}
        for observation in observations:
            assert set(observation.articles.all()) <= under_review
            assert set(observation.question_codes) <= answered
            assert 10 <= count_words(observation.text) <= 90
    assert Observation.objects.exclude(room=None).get(question_codes=[]).review.code == "1-XHV"
    assert Observation.objects.filter(text__contains="{").count() == 0
    assert_arabic(Observation.objects.filter(review__code="1-XWD"))
    assert_arabic(SummaryPassage.objects.filter(agreed_text__review__code="1-XWD"))


def assert_texts_stand_where_planned() -> None:
    rows = AgreedText.objects.filter(review__code__in=["1-XHV", "1-XZM"]).order_by("review__code", "kind", "instrument")
    found = {(text.review.code, text.kind, text.instrument.slug): (text.status, _cleared(text)) for text in rows}
    all_agreed = ("agreed", ["XAM", "XCV", "XZM"])
    assert found == {
        ("1-XHV", LIST, "untoc"): ("drafting", []),
        ("1-XHV", LIST, "tip"): ("proposed", ["XOR"]),
        ("1-XHV", LIST, "som"): ("drafting", []),
        ("1-XHV", LIST, "firearms"): ("agreed", ["XHV", "XLV"]),
        ("1-XHV", SUMMARY, "firearms"): ("drafting", []),
        **{("1-XZM", LIST, slug): all_agreed for slug in ("untoc", "tip", "firearms")},
        ("1-XZM", SUMMARY, "untoc"): ("drafting", []),
        ("1-XZM", SUMMARY, "tip"): ("proposed", ["XAM"]),
        ("1-XZM", SUMMARY, "firearms"): all_agreed,
    }
    names = ("version__agreed_text__instrument__slug", "state_party__iso3", "replies__state_party__iso3")
    assert list(Objection.objects.values_list(*names)) == [("som", "XHV", "XOR")]
    closed = AgreedText.objects.filter(review__step__slug="closed", review__is_brought_in=False)
    assert Counter(closed.values_list("review__code", "kind", "status")) == {
        ("1-XTU", LIST, "agreed"): 2,
        ("1-XTU", SUMMARY, "agreed"): 2,
        ("1-XWD", LIST, "agreed"): 2,
        ("1-XWD", SUMMARY, "agreed"): 2,
    }
    for text in closed:
        assert _cleared(text) == sorted(state.iso3 for state in parties_to(text))
    for text in AgreedText.objects.filter(kind=SUMMARY):
        assert word_count_of(current_document(text)) <= 1500


def _cleared(text: AgreedText) -> list[str]:
    """Whose focal points have cleared the standing version; none where none stands."""
    version = standing_version(text)
    if version is None:
        return []
    clearances = list(clearances_of(text, version))
    assert {clearance.sha256 for clearance in clearances} == {version.sha256}
    return sorted(clearance.state_party.iso3 for clearance in clearances)


def assert_texts_are_public_one_in_french_too() -> None:
    rows = Publication.objects.filter(ended_at=None).order_by("agreed_text__review__code", "agreed_text")
    fields = [f"agreed_text__{name}" for name in ("review__code", "instrument__slug", "kind", "language")]
    assert list(rows.values_list(*fields, "names_experts", "translations__language")) == [
        ("1-XTU", "untoc", LIST, "en", False, None),
        ("1-XTU", "tip", LIST, "en", True, None),
        ("1-XTU", "tip", SUMMARY, "en", False, "fr"),
        ("1-XWD", "untoc", LIST, "ar", False, None),
    ]


def assert_arabic(rows: Any) -> None:
    texts = list(rows.values_list("text", flat=True))
    assert texts
    assert [text for text in texts if not any("\u0600" <= letter <= "\u06ff" for letter in text)] == []


def assert_dates_have_gone_by_in_their_order() -> None:
    for review in Review.objects.select_related("step"):
        milestones = review.milestones.select_related("plan__step").order_by("plan__order")
        reached = [row.reached_on for row in milestones if row.reached_on]
        assert reached == sorted(reached)
        assert all(review.starts_on <= day <= timezone.localdate() for day in reached)
        for row in milestones:
            if row.plan.step.order < review.step.order:
                assert row.reached_on is not None, f"{row.plan.slug} of {review}"
        changes = [change.to_step.order for change in review.step_changes.order_by("at")]
        assert changes == list(range(1, review.step.order + 1))


def assert_nothing_is_broken() -> None:
    assert (chain_now(), first_break_anywhere()) == (None, None)
    assert Review.objects.filter(state_under_review__is_fictional=False).count() == 0
    assert Participation.objects.filter(state_party__is_fictional=False).count() == 0
    assert User.objects.exclude(email__endswith=".example").count() == 0


def assert_accounts_are_listed() -> None:
    lines = seed("--print-accounts").splitlines()
    assert PASSPHRASE in lines[0]
    listed = [person for person in people() if person.look_at]
    assert len(listed) <= 22, "they are read on a terminal"
    assert len(lines) == len(listed) + 4
    request = RequestFactory().post("/en/sign-in/")
    for person in listed:
        line = next(line for line in lines if person.email in line)
        assert person.name in line
        assert line.endswith(person.look_at)
        user = User.objects.get(email=person.email)
        assert user.is_active
        assert user.check_password(PASSPHRASE)
    assert authenticate(request, username=listed[0].email, password=PASSPHRASE) is not None


def test_every_later_step_lists_somebody_of_the_state_under_review_and_of_a_reviewing_state() -> None:
    listed = {person.state for person in people() if person.look_at}
    for step in STEPS[2:]:
        planned = [each for each in planned_reviews(STEPS[-1]) if each.step == step]
        assert listed & {each.state for each in planned}, step
        assert listed & {iso3 for each in planned for iso3 in each.states[1:]}, step


def test_every_step_of_the_mechanism_has_stages_and_every_stage_a_review(reference: None) -> None:
    steps = Step.objects.filter(mechanism__slug="untoc").order_by("order").values_list("slug", flat=True)
    assert list(steps) == list(STEPS)
    stages = {stage for of_step in STAGES_OF_STEP.values() for stage in of_step}
    assert {each.until for each in planned_reviews(STEPS[-1])} == stages


def test_no_accounts_are_listed_where_there_is_no_demo() -> None:
    assert seed("--print-accounts") == ""


def test_it_stops_at_a_step_and_goes_on_from_there() -> None:
    assert seed("--until", "consultations") == "Built the demo reviews 1-XKV, 1-XPE.\n"
    assert Response.objects.count() == 0
    assert seed("--until", "consultations") == "The demo is there already.\n"


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        seed("--until", "lunch")


@pytest.mark.parametrize("stage", ["half_answered", pytest.param("observations", marks=pytest.mark.prove)])
def test_the_same_seed_draws_the_same_words(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = [each for each in planned_reviews(STEPS[-1]) if each.until == stage]
    monkeypatch.setattr(load, "planned_reviews", lambda until: planned)
    drawn = []
    for number in (1, 1, 2):
        with transaction.atomic():
            load.load_demo(STEPS[-1], number)
            drawn.append((answers(), written()))
            transaction.set_rollback(True)
    assert drawn[0] == drawn[1] != drawn[2]


def test_an_interruption_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(load, "take_on", interrupted)
    with pytest.raises(KeyboardInterrupt):
        seed()
    assert (Review.objects.count(), User.objects.count()) == (0, 0)
