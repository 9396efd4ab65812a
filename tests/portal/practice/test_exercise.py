"""An exercise in the practice portal: begun by a click, played to its closed review, made anew, seen by nobody else."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.people.models import User
from accounts.states.models import StateParty
from accounts.terms.models import ConfidentialityTerms
from accounts.terms.selectors import forget_newest_terms
from dialogue.exchange.enums import ClarificationStatus
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest
from portal.practice import frame
from portal.practice.casting import exercise_data
from portal.practice.course import BY_KEY, TASKS
from portal.practice.enums import ExercisePart
from portal.practice.facts import done_in, is_finished, progress_of
from portal.practice.models import Exercise
from portal.practice.others import play
from portal.practice.tokens import read_back, sign_over
from portal.practice.views import space
from reviews.cases.models import Review
from reviews.programme.models import Mechanism
from tests.portal.practice.conftest import DOOR, ENTER, NAME, act, begun, hand_over, let_act, let_act_until, made

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(begun)]
Begin = Callable[..., tuple[Client, Exercise]]


def test_a_whole_exercise_is_played_to_the_closed_review(begin: Begin) -> None:
    client, exercise = begin()
    done: list[str] = []
    for task in TASKS:
        assert task.key not in done_in(exercise)
        if task.part:
            where = act(client, task.part)  # each step has a page that is open to its part
            assert client.get(where).status_code == 200, where
        let_act(client, task.key)
        done.append(task.key)
        assert done_in(exercise) == set(done)
    assert is_finished(exercise)
    exercise.refresh_from_db()
    assert exercise.finished_at is not None
    assert "You have played a whole review" in client.get(reverse(DOOR)).content.decode()


@pytest.mark.usefixtures("practice")
def test_a_practice_portal_has_its_mechanism_though_nobody_chose_one(settings: Settings) -> None:
    """As it is started: with its reference data, and with nobody who could choose."""
    assert settings.MECHANISM == ""
    assert Mechanism.objects.filter(slug="practice").exists()
    client = Client()
    client.get(reverse(ENTER, args=[hand_over()]))
    client.post(reverse("portal:practice-door-begin"))
    assert made().review is not None


def test_an_exercise_has_states_of_its_own(begin: Begin) -> None:
    _client, one = begin()
    _other, two = begin("Olga Petrova", "ar")
    assert one.review is not None and two.review is not None
    assert one.review.code != two.review.code
    assert one.review.state_under_review.name_en == two.review.state_under_review.name_en == "Calderia"
    assert StateParty.objects.filter(name_en__in=["Calderia", "Novamar", "Tolmera"]).count() == 6
    assert not set(one.cast.values()) & set(two.cast.values())


def test_exercises_of_others_are_not_there(begin: Begin) -> None:
    client, own = begin()
    _other, foreign = begin("Olga Petrova")
    act(client, "own-focal-point")
    assert own.review is not None and foreign.review is not None
    own_page, foreign_page = (
        reverse("portal:review-detail", args=["practice", review.code]) for review in (own.review, foreign.review)
    )
    assert client.get(own_page).status_code == 200
    assert client.get(foreign_page).status_code == 404
    shown = client.get(reverse("reviews:review-list", args=["practice"])).content.decode()
    assert own.review.code in shown
    assert foreign.review.code not in shown


def test_each_page_says_that_nothing_is_real_and_as_whom_one_acts(begin: Begin) -> None:
    client, exercise = begin()
    where = act(client, "own-focal-point")
    assert exercise.review is not None
    assert where == reverse("reviews:consultation", args=["practice", exercise.review.code])
    page = client.get(where).content.decode()
    assert "Practice: nothing here is real." in page
    assert "You are now: Focal point of Calderia" in page
    assert f"0 of {len(TASKS)} steps done" in page
    act(client, "second-focal-point")
    assert "You are now: Focal point of Tolmera" in client.get(reverse("portal:dashboard")).content.decode()


def test_newer_terms_of_confidentiality_lock_no_exercise(begin: Begin) -> None:
    """Nobody of a cast could accept them; who acts already goes on, and who takes another part does too."""
    client, _exercise = begin()
    where = act(client, "own-expert")
    assert client.get(where).status_code == 200
    newest = ConfidentialityTerms.objects.first()
    number = newest.number + 1 if newest else 1
    ConfidentialityTerms.objects.create(number=number, valid_from=timezone.localdate(), text="Newer.")
    forget_newest_terms()
    assert client.get(where).status_code == 200
    assert client.get(act(client, "own-focal-point")).status_code == 200


def test_what_a_learner_has_answered_stays_when_the_portal_answers_the_rest(begin: Begin) -> None:
    client, exercise = begin()
    let_act_until(client, "answer")
    act(client, "own-expert")
    assert exercise.review is not None
    save = reverse("questionnaires:answer-save", args=["practice", exercise.review.code, "A.practice.1"])
    client.post(save, {"choices": "No", "base": "0"})
    let_act(client, "answer")
    answers = dict(exercise.review.response.answers.values_list("question__code", "choices"))
    assert "answer" in done_in(exercise)
    assert set(answers) >= {"A.practice.1", "A.practice.2", "A.practice.2.a"}
    assert answers["A.practice.1"] == ["No"]


def test_answers_that_were_emptied_count_as_none(begin: Begin) -> None:
    client, exercise = begin()
    let_act_until(client, "answer")
    act(client, "own-expert")
    assert exercise.review is not None
    save = reverse("questionnaires:answer-save", args=["practice", exercise.review.code, "A.practice.1"])
    client.post(save, {"choices": "No", "base": "0"})
    client.post(save, {"base": "1"})
    answer = exercise.review.response.answers.get()
    assert answer.choices == []
    let_act(client, "answer")
    assert "answer" in done_in(exercise)
    answer.refresh_from_db()
    assert answer.choices


def test_the_request_that_has_an_answer_is_the_one_whose_answer_is_sent(begin: Begin) -> None:
    client, exercise = begin()
    assert exercise.review is not None
    let_act_until(client, "send-question")
    older = ClarificationRequest.objects.get()
    let_act(client, "send-question")
    other = ClarificationRequest.objects.get(pk=older.pk)  # another one, which is answered; the older is not
    other.pk, other.text = uuid4(), "Another question"
    other.save(force_insert=True)
    ClarificationAnswer.objects.create(
        review=exercise.review,
        room=exercise.review.state_under_review,
        language="en",
        request=other,
        text="The answer",
        written_by_id=exercise.cast["own-expert"],
    )
    page = client.post(reverse("portal:practice-door-others", args=["send-reply"]), follow=True).content.decode()
    assert "Done by the portal" in page
    other.refresh_from_db()
    older.refresh_from_db()
    assert (other.status, older.status) == (ClarificationStatus.ANSWERED, ClarificationStatus.ASKED)


def test_what_the_second_state_does_is_not_done_by_the_first(begin: Begin) -> None:
    """It asks, is answered, and observes before the first State has: the guide waits for the first."""
    client, exercise = begin()
    second = dict.fromkeys(("first-expert", "first-focal-point"), exercise.cast["second-focal-point"])
    in_its_place = Exercise(review=exercise.review, cast=exercise.cast | second)
    asked = ["ask", "send-question", "reply", "send-reply", "close-question"]
    observed = ["observe", "lay"]
    for before, keys in (("ask", asked), ("observe", observed)):
        let_act_until(client, before)
        for key in keys:
            play(in_its_place, BY_KEY[key])
        assert done_in(exercise) & set(keys) == set()
        for key in keys:
            let_act(client, key)
        assert done_in(exercise) >= set(keys)


NOT_AT_ONCE = {
    "propose-languages": {task.key for task in TASKS} - {"propose-languages"},
    "answer": {
        *("process-answers", "send-question", "process-feedback", "reply", "send-reply", "close-question"),
        *("lay", "propose", "agree", "second-agrees", "shorten", "lay-passage", "propose-summary", "agree-summary"),
    },
}


@pytest.mark.parametrize("first", NOT_AT_ONCE)
def test_in_whatever_order_what_is_said_to_be_done_is_done(begin: Begin, first: str) -> None:
    """From the last step to the first: most have nothing yet that they could be done with."""
    client, exercise = begin()
    let_act_until(client, first)
    client.get(reverse(DOOR))  # what was said so far is read
    said: set[str] = set()
    for task in reversed(TASKS):
        before = done_in(exercise)
        response = client.post(reverse("portal:practice-door-others", args=[task.key]), follow=True)
        assert response.status_code == 200, task.key
        if "Done by the portal" in response.content.decode():
            said.add(task.key)
        assert (task.key in said) == (task.key in done_in(exercise) - before), task.key
    assert said & NOT_AT_ONCE[first] == set()
    assert said, "something was open"


def test_a_step_that_did_nothing_is_not_said_to_be_done(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    client, _exercise = begin()
    monkeypatch.setattr("portal.practice.services.exercises.play", lambda exercise, task: None)
    page = client.post(reverse("portal:practice-door-others", args=["propose-languages"]), follow=True)
    page = page.content.decode()
    assert "The portal could not do this step" in page
    assert "Done by the portal" not in page


def test_a_step_that_is_not_open_yet_is_refused_in_words(begin: Begin) -> None:
    client, exercise = begin()
    client.post(reverse("portal:practice-door-others", args=["conclude"]))
    assert done_in(exercise) == frozenset()
    let_act(client, "propose-languages")
    response = client.post(reverse("portal:practice-door-others", args=["propose-languages"]), follow=True)
    assert "This has been done by now." in response.content.decode()


def test_a_reset_asks_first_and_makes_everything_anew(begin: Begin) -> None:
    client, before = begin()
    let_act(client, "propose-languages")
    act(client, "own-expert")
    page = client.get(reverse("portal:practice-door-reset"))
    assert page.status_code == 200
    assert Exercise.objects.filter(dropped_at=None).get() == before
    client.post(reverse("portal:practice-door-reset"))
    after = made()
    assert after != before
    assert done_in(after) == frozenset()
    assert before.review is not None
    old = reverse("portal:review-detail", args=["practice", before.review.code])
    assert client.get(old).status_code == 302
    act(client, "own-expert")
    assert client.get(old).status_code == 404


def test_another_device_goes_on_with_the_exercise_that_was_made_anew_elsewhere(begin: Begin) -> None:
    client, before = begin()
    other = Client()
    other.get(reverse(ENTER, args=[sign_over(learner=before.learner, name=NAME, language="en")]))
    where = act(other, "own-expert")
    client.post(reverse("portal:practice-door-reset"))
    led = other.get(where, follow=True)
    page = led.content.decode()
    assert led.redirect_chain == [(reverse(DOOR), 302)]
    assert "You have begun this exercise anew elsewhere." in page
    assert "Your review is being prepared" in page
    made()
    assert other.get(act(other, "own-expert")).status_code == 200


def test_what_is_done_is_worked_out_once_for_a_page(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    client, _exercise = begin()
    act(client, "own-expert")
    asked: list[Exercise] = []
    for module in (frame, space):
        monkeypatch.setattr(module, "progress_of", lambda each: [asked.append(each), progress_of(each)][1])
    for address in (reverse(DOOR), reverse("portal:dashboard")):
        asked.clear()
        assert f"0 of {len(TASKS)} steps done" in client.get(address).content.decode()
        assert len(asked) == 1, address


def test_the_words_of_an_exercise_are_read_once(practice: None, monkeypatch: pytest.MonkeyPatch) -> None:
    exercise_data.cache_clear()
    first = exercise_data()
    monkeypatch.setattr("portal.practice.casting.read_file", lambda *_names: pytest.fail("It was read again."))
    assert exercise_data() is first


def test_no_part_is_taken_twice_by_a_double_click(begin: Begin) -> None:
    """The second would come from a session that the first has ended."""
    client, _exercise = begin()
    page = client.get(reverse(DOOR)).content.decode()
    forms = re.findall(r'action="([^"]+/act/[^"]+)".*?<button([^>]+)>', page, re.DOTALL)
    assert {address for address, _button in forms} == {
        reverse("portal:practice-door-act", args=[part]) for part in ExercisePart.values
    }
    for address, button in forms:
        assert 'data-module="govuk-button" data-prevent-double-click="true"' in button, address


def test_an_exercise_that_was_finished_stays_noted_after_a_reset(begin: Begin) -> None:
    client, exercise = begin()
    for task in TASKS:
        let_act(client, task.key)
    client.post(reverse("portal:practice-door-reset"))
    made()
    back = client.post(reverse("portal:practice-door-leave"))["Location"]
    told = read_back(back.rstrip("/").rpartition("/")[2])
    assert told is not None
    assert told.learner == exercise.learner
    assert told.finished_on is not None


def test_pressed_twice_one_exercise_is_begun(begin: Begin) -> None:
    client, exercise = begin()
    client.post(reverse("portal:practice-door-begin"))
    assert list(Exercise.objects.all()) == [exercise]
    made()
    assert Review.objects.filter(mechanism__slug="practice").count() == 1


def test_mails_are_shown_and_not_sent(begin: Begin, mailoutbox: list[object]) -> None:
    client, _exercise = begin()
    let_act_until(client, "comment")
    page = client.get(reverse("portal:practice-door-mails")).content.decode()
    assert "mateo.serra." in page
    assert mailoutbox == []


def test_nobody_can_guess_the_addresses_of_a_cast(begin: Begin) -> None:
    exercises = [begin()[1], begin("Olga Petrova")[1]]
    people = User.objects.filter(pk__in=[pk for each in exercises for pk in each.cast.values()])
    chance = [person.email.partition("@")[0].rpartition(".")[2] for person in people]
    assert len(set(chance)) == len(people) == 10
    assert {len(each) for each in chance} == {16}
