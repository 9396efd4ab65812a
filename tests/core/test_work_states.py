"""Whatever is worked on stands in one of six states, with the same word, icon and colours everywhere."""

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.db.models import TextChoices
from django.template.loader import render_to_string

from accounts.people.enums import AccountStatus
from accounts.single_sign_on.enums import ProviderStatus
from core.enums import JobStatus, NotificationStatus, WorkState
from dialogue.exchange.enums import FeedbackStatus
from lots.draws.enums import DrawStatus
from observations.follow_up.enums import FollowUpStatus
from portal.cockpit.enums import BulkStatus, LineStatus
from questionnaires.definitions.enums import VersionStatus
from questionnaires.laws.enums import LawStatus
from questionnaires.offline.enums import RowState
from questionnaires.responses.enums import AnswerState
from reviews.outreach.enums import Stand

APPS = ("accounts", "core", "dialogue", "lots", "observations", "portal", "questionnaires", "reviews")
# What is no piece of work that goes from hand to hand, or is shown in words of its own.
OTHERWISE = {
    AccountStatus: "a person's account, which is not worked on",
    AnswerState: "whether a question has an answer; how it stands says QuestionStand",
    BulkStatus: "the page of the act says it in a sentence",
    DrawStatus: "the stations of a draw, as its public rules call them",
    FeedbackStatus: "pages say by its day whether it was sent; to others all that is not sent is in work",
    FollowUpStatus: "the word of a State on what it does itself, which the portal does not put otherwise",
    JobStatus: "a document that the portal makes",
    LawStatus: "whether a law is in force",
    LineStatus: "what became of one review in an act on many",
    NotificationStatus: "a mail on its way",
    ProviderStatus: "whether people sign in by it",
    RowState: "a row of a file before it is taken",
    Stand: "how a State was reached, several of which are true at once",
    VersionStatus: "which version of a questionnaire is used",
}
NAMED_LIKE_ONE = re.compile(r"(Status|Stand|(?<!Work)State)$")


def statuses() -> list[type[TextChoices]]:
    """Of all features, whatever is called for how something stands."""
    modules = [".".join(file.with_suffix("").parts) for app in APPS for file in Path(app).rglob("enums.py")]
    kinds = [each for module in modules for _name, each in inspect.getmembers(import_module(module), inspect.isclass)]
    found = {each for each in kinds if issubclass(each, TextChoices) and NAMED_LIKE_ONE.search(each.__name__)}
    return sorted(found, key=lambda each: each.__name__)


def test_each_status_says_in_which_of_the_six_states_its_work_is() -> None:
    shown = [each for each in statuses() if each not in OTHERWISE]
    assert len(shown) >= 12
    for each in shown:
        states = [member.work_state for member in each]  # a member that was forgotten is a KeyError here
        assert {type(state) for state in states} <= {WorkState, type(None)}, each
        assert WorkState.DONE in states or WorkState.READY in states, f"{each} comes to no end"
    assert OTHERWISE.keys() <= set(statuses()), "what is left out and is there no more"


def test_each_state_has_its_icon_and_its_colours() -> None:
    icons = re.findall(r'<symbol id="([a-z-]+)"', Path("static/img/icons.svg").read_text())
    styles = re.search(r"\$states: \((.*?)\);", Path("static/css/_vendors.scss").read_text(), re.DOTALL)
    assert styles
    assert set(WorkState.values) <= set(icons)
    assert re.findall(r'"([a-z-]+)": "[a-z]+"', styles[1]) == WorkState.values


@pytest.mark.parametrize("state", WorkState)
def test_a_state_is_never_colour_alone(state: WorkState) -> None:
    shown = render_to_string("components/_state.html", {"state": state, "words": "As it is called here"})
    assert str(state.label) in shown
    assert f"#{state.value}" in shown
    assert shown.index(str(state.label)) < shown.index("As it is called here")


def test_a_state_says_with_whom_the_work_is_and_only_then() -> None:
    words = {"who": "the States", "words": "With the States"}
    shown = render_to_string("components/_state.html", {"state": WorkState.WITH_OTHERS, **words})
    assert shown.count("With the States") == 1, "what the work's own word says too is said once"
    assert str(WorkState.WITH_OTHERS.label) not in shown
    assert "With the States" not in render_to_string(
        "components/_state.html", {"state": WorkState.DONE, "who": "the States"}
    )


def test_what_was_ended_before_it_was_done_is_in_none_of_them() -> None:
    shown = render_to_string("components/_state.html", {"state": None, "words": "Withdrawn"})
    assert "Withdrawn" in shown
    assert "app-state" not in shown


def test_no_template_says_by_red_or_green_how_something_stands() -> None:
    toned = re.compile(r'tone="(red|green)"|govuk-tag--(red|green)')
    assert not [file for file in Path("templates").rglob("*.html") if toned.search(file.read_text())]
