"""The course of an exercise: every step of the plan in order, from the consultations to the summary."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from core.database.identity import identified_as_system
from core.errors import ServiceError
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText
from portal.practice.course import BY_KEY, TASKS, guide_of
from portal.practice.facts import done_in, is_finished, progress_of
from portal.practice.models import Exercise
from portal.practice.others import play
from portal.practice.services.exercises import act_as_secretariat
from portal.practice.tasks import act_as_secretariat_task
from questionnaires.responses.models import Response
from reviews.cases.models import Review, ReviewMilestone, StepChange
from reviews.consultations.models import ConsultationProposal
from reviews.programme.enums import StepKind
from reviews.programme.models import Mechanism, StepPlan
from tests.plain_role import system_role
from tests.portal.practice.conftest import DOOR, act, begun, let_act, let_act_until, next_of, play_on, work

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(begun)]
Begin = Callable[..., tuple[Client, Exercise]]
OTHERS = "portal:practice-door-others"


def review_of(exercise: Exercise) -> Review:
    assert exercise.review_id is not None
    return Review.objects.get(pk=exercise.review_id)


@pytest.fixture
def asked(practice: None, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What workers were asked for the secretariat to do."""
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(act_as_secretariat_task, "delay", lambda *given: asked.append(given))
    return asked


def test_each_step_of_the_plan_is_gone_through_in_its_order(begin: Begin) -> None:
    client, exercise = begin()
    assert play_on(client, exercise) == [task.key for task in TASKS]
    steps = list(Mechanism.objects.get(slug="practice").steps.order_by("order"))
    gone_through = (
        StepChange.objects.filter(review=review_of(exercise)).order_by("at").values_list("to_step", flat=True)
    )
    assert list(gone_through) == [step.pk for step in steps]
    names = list(dict.fromkeys(row.step for row in guide_of(progress_of(exercise)).rows))
    assert names == [step.name for step in steps if step.kind != StepKind.CLOSING]


def test_with_the_last_step_all_milestones_of_the_plan_are_reached(begin: Begin) -> None:
    client, exercise = begin()
    let_act_until(client, None)
    milestones = ReviewMilestone.objects.filter(review=review_of(exercise))
    assert milestones.count() == StepPlan.objects.filter(version__mechanism__slug="practice").count()
    assert not milestones.filter(reached_on=None).exists()


def test_it_is_finished_with_the_summary_and_not_with_the_list(begin: Begin) -> None:
    client, exercise = begin()
    let_act_until(client, "shorten")
    list_of_observations = AgreedText.objects.get(review=exercise.review, kind=TextKind.LIST_OF_OBSERVATIONS)
    assert list_of_observations.agreed_at is not None
    assert not is_finished(exercise)
    assert "You have played a whole review" not in client.get(reverse(DOOR)).content.decode()
    play_on(client, exercise)
    assert is_finished(exercise)
    exercise.refresh_from_db()
    assert exercise.finished_at is not None


def test_what_the_secretariat_does_has_no_part_to_take(begin: Begin) -> None:
    client, exercise = begin()
    let_act_until(client, "open")
    for page in (client.get(reverse(DOOR)), client.get(act(client, "own-focal-point"))):
        text = page.content.decode()
        assert "By: the secretariat, which the portal plays" in text
        assert ("Let the secretariat act" in text, "Take this part" in text, "Go there" in text) == (True, False, False)
    assert not Response.objects.filter(review=exercise.review).exists()


def test_a_worker_is_asked_once_for_what_the_secretariat_does(begin: Begin, asked: list[tuple[str, str]]) -> None:
    """The page of the exercise goes on by itself; nobody is asked again meanwhile."""
    client, exercise = begin()
    let_act_until(client, "open")
    for _press in range(2):
        page = client.post(reverse(OTHERS, args=["open"]), follow=True).content.decode()
        assert ("The secretariat has been asked" in page, "Let the secretariat act" in page) == (True, False)
        assert 'http-equiv="refresh"' in page
    assert asked == [(str(exercise.pk), "open")]
    for _time in range(2):  # the worker of a queue that gives it twice
        work(exercise, "open")
    page = client.get(reverse(DOOR)).content.decode()
    assert ("The secretariat has been asked" in page, 'http-equiv="refresh"' in page) == (False, False)
    assert Response.objects.get(review=exercise.review).language == "en"
    assert next_of(exercise) == "answer"


def test_where_the_secretariat_could_not_act_the_learner_reads_why_and_asks_again(
    begin: Begin, asked: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, exercise = begin()
    let_act_until(client, "open")
    client.post(reverse(OTHERS, args=["open"]))

    def fail(*_words: object) -> None:
        raise ServiceError("The archive is closed.")

    with monkeypatch.context() as broken:
        broken.setattr("portal.practice.services.exercises.play", fail)
        work(exercise, "open")
    page = client.get(reverse(DOOR)).content.decode()
    assert ("The archive is closed." in page, "Let the secretariat act" in page) == (True, True)
    page = client.post(reverse(OTHERS, args=["open"]), follow=True).content.decode()
    assert ("The archive is closed." in page, len(asked)) == (False, 2)
    work(exercise, "open")
    assert next_of(exercise) == "answer"


def test_what_the_secretariat_was_asked_for_in_an_exercise_that_was_let_go_is_not_done(
    begin: Begin, asked: list[tuple[str, str]]
) -> None:
    client, exercise = begin()
    let_act_until(client, "open")
    client.post(reverse(OTHERS, args=["open"]))
    client.post(reverse("portal:practice-door-reset"))
    work(exercise, "open")
    assert not Response.objects.filter(review=exercise.review).exists()


def test_the_secretariat_does_nothing_out_of_its_turn(begin: Begin, asked: list[tuple[str, str]]) -> None:
    client, _exercise = begin()
    for key in ("open", "process-answers", "process-feedback"):
        page = client.post(reverse(OTHERS, args=[key]), follow=True).content.decode()
        assert "The portal could not do this step" in page
    assert asked == []


def test_nothing_is_opened_before_all_states_have_confirmed(begin: Begin) -> None:
    client, exercise = begin()
    for key in ("propose-languages", "confirm-languages"):
        let_act(client, "open")
        assert "open" not in done_in(exercise)
        let_act(client, key)
    with pytest.raises(ServiceError), system_role(), identified_as_system():
        act_as_secretariat(exercise.pk, "open")
    assert (next_of(exercise), review_of(exercise).step.kind) == ("second-confirms", StepKind.CONSULTATION)


def test_where_a_reviewing_state_proposes_otherwise_all_are_asked_anew(begin: Begin) -> None:
    client, exercise = begin()
    let_act_until(client, "open")
    act(client, "first-focal-point")
    propose = reverse("reviews:consultation-propose", args=["practice", review_of(exercise).code])
    assert client.post(propose, {"languages": ["fr"], "reason": "", "note": ""}).status_code == 302
    assert ConsultationProposal.objects.filter(review=exercise.review).count() == 2
    assert next_of(exercise) == "propose-languages"
    let_act(client, "propose-languages")  # confirms, for there is a proposal
    assert ConsultationProposal.objects.filter(review=exercise.review).count() == 2
    play_on(client, exercise)
    assert review_of(exercise).working_languages == ["fr"]
    assert is_finished(exercise)


def test_texts_are_written_in_the_language_that_was_agreed(begin: Begin) -> None:
    client, exercise = begin("Olga Petrova", "ar")
    let_act_until(client, None)
    assert review_of(exercise).working_languages == ["ar"]
    assert ConsultationProposal.objects.get(review=exercise.review).note.startswith("نعمل جميعاً")
    assert Response.objects.get(review=exercise.review).language == "ar"
    texts = AgreedText.objects.filter(review=exercise.review)
    assert {(text.kind, text.language) for text in texts} == {(kind.value, "ar") for kind in TextKind}
    assert texts.get(kind=TextKind.SUMMARY).passages.get().text == "يتيح التقرير السنوي العلني للجميع متابعة الخطة."


def test_what_the_learner_has_drafted_of_the_summary_is_what_is_laid(begin: Begin) -> None:
    client, exercise = begin()
    let_act_until(client, "lay-passage")
    act(client, "first-expert")
    page = reverse("observations:passage-draft", args=["practice", review_of(exercise).code, "practice", "summary", 1])
    form = client.get(page).context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    assert client.post(page, given | {"text": "Shorter still."}).status_code == 302
    let_act(client, "lay-passage")
    summary = AgreedText.objects.get(review=exercise.review, kind=TextKind.SUMMARY)
    assert summary.passages.get().text == "Shorter still."


def test_a_summary_that_is_proposed_as_it_was_drawn_keeps_nobody_waiting(begin: Begin) -> None:
    client, exercise = begin()
    let_act_until(client, "shorten")
    play(exercise, BY_KEY["propose-summary"])
    assert next_of(exercise) == "agree-summary"
    play_on(client, exercise)
    assert is_finished(exercise)


def test_processing_that_nobody_has_recorded_keeps_no_later_step_waiting(begin: Begin) -> None:
    """States can go on meanwhile, and once they have, it is recorded no more."""
    client, exercise = begin()
    let_act_until(client, "process-answers")
    for key in ("comment", "ask", "send-question", "send-feedback"):
        let_act(client, key)
        assert next_of(exercise) == "process-answers"
    let_act(client, "second-feedback")
    assert next_of(exercise) == "process-feedback"
