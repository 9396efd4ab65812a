"""The course of an exercise: what is to be done, in which part, by which rule, and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.practice.enums import ExercisePart
from reviews.cases.models import Review


@dataclass(frozen=True, slots=True)
class ExerciseTask:
    """One thing to do. ``key`` is a fact (``facts.done_in``); ``page`` a name, of which the review is the place."""

    key: str
    part: ExercisePart
    what: str | Promise
    how: str | Promise
    rule: str | Promise
    page: str
    others: tuple[str, ...] = ()

    def url(self, review: Review) -> str:
        return reverse(self.page, args=[review.mechanism.slug, review.code, *self.others])


TASKS = (
    ExerciseTask(
        "answer",
        ExercisePart.OWN_EXPERT,
        _("Answer the questionnaire"),
        _("Each answer is saved as you write it. Nobody of another State can read it yet."),
        _("The State under review answers the questionnaire of the cluster; that is its self-assessment."),
        "questionnaires:response-detail",
    ),
    ExerciseTask(
        "submit",
        ExercisePart.OWN_EXPERT,
        _("Lay the answers before your focal point"),
        _("Experts write; what leaves the State, its focal point sends."),
        _("Each State appoints one focal point for the review (resolution 10/1, annex I, paragraph 5)."),
        "questionnaires:response-submit",
    ),
    ExerciseTask(
        "clear",
        ExercisePart.OWN_FOCAL_POINT,
        _("Send the answers"),
        _("Read them as the others will. From then on both reviewing States have them, and they stay as they are."),
        _("The focal point clears what the State sends (resolution 10/1, annex I, paragraph 5)."),
        "questionnaires:response-clear",
    ),
    ExerciseTask(
        "comment",
        ExercisePart.FIRST_EXPERT,
        _("Write feedback on the answers"),
        _("On the desk you read answers and write beside them: on a question, or on a whole article."),
        _("States are encouraged not to exceed 10,500 words of feedback (resolution 10/1, annex I, paragraph 10)."),
        "portal:desk",
    ),
    ExerciseTask(
        "ask",
        ExercisePart.FIRST_EXPERT,
        _("Ask for clarification"),
        _("Draft a question back on one of the answers."),
        _("Reviewing States may ask for clarification (resolution 10/1, annex I, paragraph 10)."),
        "dialogue:clarification-ask",
        ("A.practice.2.a",),
    ),
    ExerciseTask(
        "send-question",
        ExercisePart.FIRST_FOCAL_POINT,
        _("Send the request for clarification"),
        _("Open the request that your expert has drafted, and send it."),
        _("What leaves a reviewing State, its focal point sends (resolution 10/1, annex I, paragraph 5)."),
        "dialogue:clarification-list",
    ),
    ExerciseTask(
        "send-feedback",
        ExercisePart.FIRST_FOCAL_POINT,
        _("Send the written feedback"),
        _("All comments of your State go together; then they stay as they are."),
        _("Each reviewing State gives written feedback (resolution 10/1, annex I, paragraph 10)."),
        "dialogue:feedback-list",
    ),
    ExerciseTask(
        "second-feedback",
        ExercisePart.SECOND_FOCAL_POINT,
        _("Write and send the feedback of the second reviewing State"),
        _("This State has named no expert, so that its focal point writes as well."),
        _("Two States review: one of the same regional group, one of another."),
        "portal:desk",
    ),
    ExerciseTask(
        "reply",
        ExercisePart.OWN_EXPERT,
        _("Draft the answer to the request"),
        _("Open the request and write the answer, in the room of your State."),
        _("The experts hold a constructive dialogue (resolution 10/1, annex I, paragraph 10)."),
        "dialogue:clarification-list",
    ),
    ExerciseTask(
        "send-reply",
        ExercisePart.OWN_FOCAL_POINT,
        _("Send the answer to the request"),
        _("Open the request, read what your expert has written, and send it."),
        _("What leaves the State under review, its focal point sends (resolution 10/1, annex I, paragraph 5)."),
        "dialogue:clarification-list",
    ),
    ExerciseTask(
        "close-question",
        ExercisePart.FIRST_FOCAL_POINT,
        _("Close the request"),
        _("The answer is there; say that nothing is left open."),
        _("The State that asked closes its request."),
        "dialogue:clarification-list",
    ),
    ExerciseTask(
        "meet",
        ExercisePart.FIRST_FOCAL_POINT,
        _("Record a meeting of the experts"),
        _("Say when the experts met, by which means, and what was talked about."),
        _("The list of observations names the means of the dialogue (resolution 10/1, annex II, paragraph 5)."),
        "reviews:meeting-add",
    ),
    ExerciseTask(
        "conclude",
        ExercisePart.FIRST_FOCAL_POINT,
        _("Conclude the dialogue"),
        _("The list of observations is agreed on next."),
        _("The list of observations follows the dialogue (resolution 10/1, annex I, paragraph 10)."),
        "dialogue:dialogue-conclude",
    ),
    ExerciseTask(
        "observe",
        ExercisePart.FIRST_EXPERT,
        _("Draft an observation"),
        _("Choose a heading and an article, and write it in one or two sentences. It stays in the room of your State."),
        _("The list has four headings (resolution 10/1, annex II, paragraph 6)."),
        "observations:observation-add",
        ("practice",),
    ),
    ExerciseTask(
        "lay",
        ExercisePart.FIRST_FOCAL_POINT,
        _("Lay the observation on the table"),
        _("From then on all three States read it."),
        _("The reviewing States prepare the list with the State under review (annex I, paragraph 10 (c))."),
        "observations:observation-list",
    ),
    ExerciseTask(
        "propose",
        ExercisePart.FIRST_FOCAL_POINT,
        _("Propose the list"),
        _("It is frozen as it stands, and the other States are asked whether they agree."),
        _("All States of the review agree on the list (resolution 10/1, annex I, paragraph 10 (c))."),
        "observations:text-list",
    ),
    ExerciseTask(
        "agree",
        ExercisePart.OWN_FOCAL_POINT,
        _("Agree on the list"),
        _("Read the proposed text to its end and clear it, or object and say why: then it is proposed anew."),
        _("All States of the review agree on the list (resolution 10/1, annex I, paragraph 10 (c))."),
        "observations:text-list",
    ),
    ExerciseTask(
        "second-agrees",
        ExercisePart.SECOND_FOCAL_POINT,
        _("Agree on the list as the second reviewing State"),
        _("With the last State that agrees, the review is closed."),
        _("All States of the review agree on the list (resolution 10/1, annex I, paragraph 10 (c))."),
        "observations:text-list",
    ),
)  # fmt: skip
BY_KEY: Mapping[str, ExerciseTask] = {task.key: task for task in TASKS}


@dataclass(frozen=True, slots=True)
class Row:
    """A task as the guide shows it."""

    task: ExerciseTask
    is_done: bool


@dataclass(frozen=True, slots=True)
class Guide:
    """``next``: the first task that is not done; None at the end."""

    rows: tuple[Row, ...]
    next: ExerciseTask | None

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.rows)


def guide_of(done: Any) -> Guide:
    """Pure: the guide over the keys of what is done."""
    rows = tuple(Row(task, task.key in done) for task in TASKS)
    return Guide(rows, next((row.task for row in rows if not row.is_done), None))
