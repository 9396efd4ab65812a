"""The course of an exercise: what is to be done at which step, in which part, by which rule, and where."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from observations.texts.enums import TextKind
from portal.practice.enums import ExercisePart
from reviews.cases.models import Review
from reviews.programme.enums import StepKind

# A step of the review: by its kind, and where States agree on a text by the kind of that, as there are two.
Stage = StepKind | TextKind
_INSTRUMENT = "practice"  # the one of an exercise
_SUMMARY = (_INSTRUMENT, TextKind.SUMMARY.value)


@dataclass(frozen=True, slots=True)
class ExerciseTask:
    """One thing to do. ``key`` is a fact (``facts.progress_of``); ``page`` a name, of which the review is the place.

    ``part`` is None for what the secretariat does, which the portal alone plays: it has no page then.
    """

    key: str
    stage: Stage
    part: ExercisePart | None
    what: str | Promise
    how: str | Promise
    rule: str | Promise
    page: str = ""
    others: tuple[str, ...] = ()
    anchor: str = ""

    def url(self, review: Review) -> str:
        if not self.page:
            return ""
        return f"{reverse(self.page, args=[review.mechanism.slug, review.code, *self.others])}{self.anchor}"


TASKS = (
    ExerciseTask(
        "propose-languages",
        StepKind.CONSULTATION,
        ExercisePart.OWN_FOCAL_POINT,
        _("Propose the working language and the dates"),
        _("Choose a language; dates left empty stay as in the plan. If another State has proposed, confirm that."),
        _("The States consult on time frames and working languages."),
        "reviews:consultation",
    ),
    ExerciseTask(
        "confirm-languages",
        StepKind.CONSULTATION,
        ExercisePart.FIRST_FOCAL_POINT,
        _("Confirm the proposal"),
        _("Read what is proposed and confirm it, or propose otherwise: then all States are asked anew."),
        _("What was proposed holds once all States of the review have confirmed it."),
        "reviews:consultation",
    ),
    ExerciseTask(
        "second-confirms",
        StepKind.CONSULTATION,
        ExercisePart.SECOND_FOCAL_POINT,
        _("Confirm the proposal as the second reviewing State"),
        _("With the last State that confirms, language and dates are agreed."),
        _("What was proposed holds once all States of the review have confirmed it."),
        "reviews:consultation",
    ),
    ExerciseTask(
        "open",
        StepKind.CONSULTATION,
        None,
        _("Open the self-assessment"),
        _("An officer of the secretariat does this once the consultations are over. The States are told by mail."),
        _("The secretariat assists the States in the review."),
    ),
    ExerciseTask(
        "answer",
        StepKind.QUESTIONNAIRE,
        ExercisePart.OWN_EXPERT,
        _("Answer the questionnaire"),
        _("Each answer is saved as you write it. Nobody of another State can read it yet."),
        _("The State under review answers the questionnaire of the cluster; that is its self-assessment."),
        "questionnaires:response-detail",
    ),
    ExerciseTask(
        "submit",
        StepKind.QUESTIONNAIRE,
        ExercisePart.OWN_EXPERT,
        _("Lay the answers before your focal point"),
        _("Experts write; what leaves the State, its focal point sends."),
        _("Each State appoints one focal point for the review."),
        "questionnaires:response-submit",
    ),
    ExerciseTask(
        "clear",
        StepKind.QUESTIONNAIRE,
        ExercisePart.OWN_FOCAL_POINT,
        _("Send the answers"),
        _("Read them as the others will. From then on both reviewing States have them, and they stay as they are."),
        _("The focal point clears what the State sends."),
        "questionnaires:response-clear",
    ),
    ExerciseTask(
        "process-answers",
        StepKind.FEEDBACK,
        None,
        _("Record that the answers were processed"),
        _("The secretariat has them translated and hands them out. Until then the time for feedback does not run."),
        _("While documents are being processed the clock stops."),
    ),
    ExerciseTask(
        "comment",
        StepKind.FEEDBACK,
        ExercisePart.FIRST_EXPERT,
        _("Write feedback on the answers"),
        _("On the desk you read answers and write beside them: on a question, or on a whole article."),
        _("Feedback has a limit in words, which stands on the desk."),
        "portal:desk",
    ),
    ExerciseTask(
        "ask",
        StepKind.FEEDBACK,
        ExercisePart.FIRST_EXPERT,
        _("Ask for clarification"),
        _("Draft a question back on one of the answers."),
        _("Reviewing States may ask for clarification."),
        "dialogue:clarification-ask",
        ("A.practice.2.a",),
    ),
    ExerciseTask(
        "send-question",
        StepKind.FEEDBACK,
        ExercisePart.FIRST_FOCAL_POINT,
        _("Send the request for clarification"),
        _("Open the request that your expert has drafted, and send it."),
        _("What leaves a reviewing State, its focal point sends."),
        "dialogue:clarification-list",
    ),
    ExerciseTask(
        "send-feedback",
        StepKind.FEEDBACK,
        ExercisePart.FIRST_FOCAL_POINT,
        _("Send the written feedback"),
        _("All comments of your State go together; then they stay as they are."),
        _("Each reviewing State gives written feedback."),
        "dialogue:feedback-list",
    ),
    ExerciseTask(
        "second-feedback",
        StepKind.FEEDBACK,
        ExercisePart.SECOND_FOCAL_POINT,
        _("Write and send the feedback of the second reviewing State"),
        _("This State has named no expert: its focal point writes, and sends by the link to its feedback on the desk."),
        _("Two States review: one of the same regional group, one of another."),
        "portal:desk",
    ),
    ExerciseTask(
        "process-feedback",
        StepKind.DIALOGUE,
        None,
        _("Record that the feedback was processed"),
        _("With the feedback of the last State the dialogue has begun. Its time runs from now on."),
        _("While documents are being processed the clock stops."),
    ),
    ExerciseTask(
        "reply",
        StepKind.DIALOGUE,
        ExercisePart.OWN_EXPERT,
        _("Draft the answer to the request"),
        _("Open the request and write the answer, in the room of your State."),
        _("The experts hold a constructive dialogue."),
        "dialogue:clarification-list",
    ),
    ExerciseTask(
        "send-reply",
        StepKind.DIALOGUE,
        ExercisePart.OWN_FOCAL_POINT,
        _("Send the answer to the request"),
        _("Open the request, read what your expert has written, and send it."),
        _("What leaves the State under review, its focal point sends."),
        "dialogue:clarification-list",
    ),
    ExerciseTask(
        "close-question",
        StepKind.DIALOGUE,
        ExercisePart.FIRST_FOCAL_POINT,
        _("Close the request"),
        _("The answer is there; say that nothing is left open."),
        _("The State that asked closes its request."),
        "dialogue:clarification-list",
    ),
    ExerciseTask(
        "meet",
        StepKind.DIALOGUE,
        ExercisePart.FIRST_FOCAL_POINT,
        _("Record a meeting of the experts"),
        _("Say when the experts met, by which means, and what was talked about."),
        _("The list of observations names the means of the dialogue."),
        "reviews:meeting-add",
    ),
    ExerciseTask(
        "conclude",
        StepKind.DIALOGUE,
        ExercisePart.FIRST_FOCAL_POINT,
        _("Say that the dialogue can be concluded"),
        _("The other States are asked for their word. Requests that have no answer yet are named on the page."),
        _("The list of observations follows the dialogue."),
        "dialogue:dialogue-conclude",
    ),
    ExerciseTask(
        "own-concludes",
        StepKind.DIALOGUE,
        ExercisePart.OWN_FOCAL_POINT,
        _("Agree that the dialogue is concluded"),
        _("Answer for the State under review. “Not yet” keeps the dialogue open, for all States conclude it together."),
        _("The list of observations follows the dialogue."),
        "dialogue:dialogue-conclude",
    ),
    ExerciseTask(
        "second-concludes",
        StepKind.DIALOGUE,
        ExercisePart.SECOND_FOCAL_POINT,
        _("Agree as the second reviewing State"),
        _("With the last State that agrees the dialogue is concluded, and the list of observations is agreed on next."),
        _("The list of observations follows the dialogue."),
        "dialogue:dialogue-conclude",
    ),
    ExerciseTask(
        "observe",
        TextKind.LIST_OF_OBSERVATIONS,
        ExercisePart.FIRST_EXPERT,
        _("Draft an observation"),
        _("Choose a heading and an article, and write it in one or two sentences. It stays in the room of your State."),
        _("The list has four headings."),
        "observations:observation-add",
        (_INSTRUMENT,),
    ),
    ExerciseTask(
        "lay",
        TextKind.LIST_OF_OBSERVATIONS,
        ExercisePart.FIRST_FOCAL_POINT,
        _("Lay the observation on the table"),
        _("From then on all three States read it."),
        _("The reviewing States prepare the list with the State under review."),
        "observations:observation-list",
    ),
    ExerciseTask(
        "propose",
        TextKind.LIST_OF_OBSERVATIONS,
        ExercisePart.FIRST_FOCAL_POINT,
        _("Propose the list"),
        _("It is frozen as it stands, and the other States are asked whether they agree."),
        _("All States of the review agree on the list."),
        "observations:text-list",
    ),
    ExerciseTask(
        "agree",
        TextKind.LIST_OF_OBSERVATIONS,
        ExercisePart.OWN_FOCAL_POINT,
        _("Agree on the list"),
        _("Read the proposed text to its end and clear it, or object and say why: then it is proposed anew."),
        _("All States of the review agree on the list."),
        "observations:text-list",
    ),
    ExerciseTask(
        "second-agrees",
        TextKind.LIST_OF_OBSERVATIONS,
        ExercisePart.SECOND_FOCAL_POINT,
        _("Agree on the list as the second reviewing State"),
        _("With the last State that agrees, the list is agreed, and its summary is drawn from it."),
        _("All States of the review agree on the list."),
        "observations:text-list",
    ),
    ExerciseTask(
        "shorten",
        TextKind.SUMMARY,
        ExercisePart.FIRST_EXPERT,
        _("Draft a passage of the summary"),
        _("It begins as the agreed observation. Say the same in fewer words; it stays in the room of your State."),
        _("The summary has a limit of words."),
        "observations:passage-draft",
        (*_SUMMARY, "1"),
    ),
    ExerciseTask(
        "lay-passage",
        TextKind.SUMMARY,
        ExercisePart.FIRST_FOCAL_POINT,
        _("Lay the passage on the table"),
        _("Your draft takes the place of the passage, and all three States read it."),
        _("The reviewing States prepare the summary with the State under review."),
        "observations:text-detail",
        _SUMMARY,
        "#passages",
    ),
    ExerciseTask(
        "propose-summary",
        TextKind.SUMMARY,
        ExercisePart.FIRST_FOCAL_POINT,
        _("Propose the summary"),
        _("The summary is frozen as it stands, and the other States are asked whether they agree."),
        _("All States of the review agree on the summary, as on the list."),
        "observations:text-detail",
        _SUMMARY,
    ),
    ExerciseTask(
        "agree-summary",
        TextKind.SUMMARY,
        ExercisePart.OWN_FOCAL_POINT,
        _("Agree on the summary"),
        _("Read the proposed text to its end and clear it, or object and say why: then it is proposed anew."),
        _("All States of the review agree on the summary, as on the list."),
        "observations:text-detail",
        _SUMMARY,
    ),
    ExerciseTask(
        "second-agrees-summary",
        TextKind.SUMMARY,
        ExercisePart.SECOND_FOCAL_POINT,
        _("Agree on the summary as the second reviewing State"),
        _("With the last State that agrees, the review is closed."),
        _("All States of the review agree on the summary, as on the list."),
        "observations:text-detail",
        _SUMMARY,
    ),
)  # fmt: skip
BY_KEY: Mapping[str, ExerciseTask] = {task.key: task for task in TASKS}


@dataclass(frozen=True, slots=True)
class ExerciseProgress:
    """How far an exercise has come: the names of the steps that its review has, and the keys of the tasks.

    ``left_out``: what its review has no place for, as one has that was begun before there was such a step.
    """

    steps: Mapping[Stage, str]
    done: frozenset[str]
    left_out: frozenset[str] = frozenset()
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A task as the guide shows it, with the name of its step."""

    task: ExerciseTask
    step: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Guide:
    """``next``: the first row that is not done; None once the review is closed."""

    rows: tuple[Row, ...]
    next_row: Row | None

    @property
    def next(self) -> ExerciseTask | None:
        return self.next_row.task if self.next_row else None

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.rows)


def guide_of(progress: ExerciseProgress) -> Guide:
    """Pure: the guide over what is done, in the steps that there are."""
    tasks = (task for task in TASKS if task.stage in progress.steps and task.key not in progress.left_out)
    rows = tuple(Row(task, progress.steps[task.stage], task.key in progress.done) for task in tasks)
    following = None if progress.is_closed else next((row for row in rows if not row.is_done), None)
    return Guide(rows, following)
