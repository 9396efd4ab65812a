"""The tables that people review are what the code says, and a few cells that must never change by accident."""

from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path

import pytest

from tests.permissions.matrix_reading import TABLES, rows_of
from tests.permissions.urls import PAGES
from tools import matrix
from tools.matrix_public import PUBLIC

pytestmark = pytest.mark.unit
DOCUMENTS = matrix.documents()
WHO_AND_WHAT = 3  # columns before those of the actions
NOT_THERE = "nothing there yet"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_reviewed_tables_are_what_the_code_says(path: Path, record_property: Callable[[str, object], None]) -> None:
    reviewed, said = path.read_text("utf-8"), DOCUMENTS[path]
    # Of long tables a few lines are shown: to compare them word by word takes half a minute.
    lines = zip_longest(reviewed.splitlines(), said.splitlines())
    assert [each for each in lines if each[0] != each[1]][:3] == [], "run `python tools/matrix.py` and review it"
    assert len(reviewed) == len(said)
    if path.suffix == ".csv":
        decided = [cell for row in rows_of(path.name) for cell in list(row.values())[WHO_AND_WHAT:]]
        record_property("cells", len(decided) - decided.count(NOT_THERE))


def test_the_pages_for_everybody_are_named() -> None:
    """favicon leads to a file; everything else that answers without signing in stands in docs/permissions.md."""
    answers = {200, 503}  # beside the tests no clock turns, so that the portal is not ready
    assert {page.name for page in PAGES if page.anonymous in answers} == set(PUBLIC)


def who_may(name: str, action: str) -> set[tuple[str, str]]:
    return {(row["Who"], row["Side"]) for row in rows_of(name) if row[action] == "yes"}


def test_only_the_focal_point_of_the_state_under_review_clears() -> None:
    assert who_may("response_matrix.csv", "Clear and send") == {("Focal point", "State under review")}


def test_nobody_outside_the_state_under_review_sees_a_draft() -> None:
    assert who_may("response_matrix.csv", "See the draft answers") == {
        ("Focal point", "State under review"),
        ("Governmental expert", "State under review"),
        ("National contributor, section sent", "State under review"),
        ("Observer", "State under review"),
    }


def test_nothing_is_read_as_sent_before_it_was_sent() -> None:
    moments = {
        row["The self-assessment"]
        for row in rows_of("response_matrix.csv")
        if row["Read the answers that were sent"] == "yes"
    }
    assert moments == {
        "Sent",
        "Sent, and opened by a reviewing State",
        "Sent, with something sent beside",
        "Sent, and a new version being drafted",
        "Recalled, and being drafted",
    }


def test_what_was_recalled_is_read_by_its_own_state_alone() -> None:
    """And recalled by its focal point, as long as no reviewing State has opened it."""
    rows = rows_of("response_matrix.csv")
    recalled = [row for row in rows if row["The self-assessment"] == "Recalled, and being drafted"]
    assert {row["Side"] for row in recalled if row["Read the answers that were sent"] == "yes"} == {
        "State under review"
    }
    recall = [row for row in rows if row["Recall the answers"] == "yes"]
    assert [(row["Who"], row["Side"], row["The self-assessment"]) for row in recall] == [
        ("Focal point", "State under review", "Sent")
    ]


def test_a_new_version_is_prepared_and_given_up_by_the_focal_point_alone() -> None:
    for action in ("Prepare a new version", "Give the new version up"):
        assert who_may("response_matrix.csv", action) == {("Focal point", "State under review")}


def test_only_the_secretariat_changes_who_takes_part() -> None:
    for action in ("Ask for the end of a participation", "Open a review"):
        assert who_may("review_matrix.csv", action) == {("Officer", "Secretariat"), ("Administrator", "Secretariat")}


def test_a_person_who_takes_no_part_learns_nothing() -> None:
    rows = [row for row in rows_of("review_matrix.csv") if row["Who"] == "Anybody else who is signed in"]
    assert {row["See a review"] for row in rows} == {"invisible"}


@pytest.mark.parametrize("name", TABLES)
def test_every_refusal_says_why(name: str) -> None:
    cells = {cell for row in rows_of(name) for cell in row.values()}
    assert {cell for cell in cells if cell.startswith("no") and not cell.removeprefix("no: ").strip()} == set()
    assert {cell for cell in cells if cell.startswith("no:") and not cell.endswith(".")} == set()


def test_what_a_state_drafts_is_seen_by_that_state_alone() -> None:
    drafts = [row for row in rows_of("exchange_matrix.csv") if row["What it is about"] == "Written feedback, draft"]
    seen_by = {row["Side"] for row in drafts if row["Read a State's written feedback"] != "invisible"}
    assert seen_by == {"Reviewing State that wrote it"}


def test_an_observation_in_a_room_is_seen_by_its_state_alone() -> None:
    rows = [row for row in rows_of("text_matrix.csv") if row["The text"].endswith("observation in a room")]
    seen_by = {row["Side"] for row in rows if row["Change an observation"] != "invisible"}
    assert seen_by == {"Reviewing State that covers the instrument"}


def test_only_focal_points_clear_and_the_state_under_review_publishes() -> None:
    assert who_may("text_matrix.csv", "Clear a version") == {
        ("Focal point", "State under review"),
        ("Focal point", "Reviewing State that covers the instrument"),
    }
    publish = "Publish a list of observations or a summary"
    assert who_may("text_matrix.csv", publish) == {("Focal point", "State under review")}


def test_whoever_recorded_the_seed_does_not_run_the_draw() -> None:
    assert who_may("draw_matrix.csv", "Run a draw") == {
        ("Officer", "Secretariat"),
        ("Officer who has asked for the voiding", "Secretariat"),
        ("Administrator", "Secretariat"),
    }


def test_whoever_asked_for_the_voiding_does_not_confirm_it() -> None:
    assert who_may("draw_matrix.csv", "Void a draw") == {
        ("Officer", "Secretariat"),
        ("Officer who has recorded a part of the seed", "Secretariat"),
        ("Administrator", "Secretariat"),
    }


def test_an_auditor_looks_at_draws_and_does_nothing_else() -> None:
    rows = [row for row in rows_of("draw_matrix.csv") if row["Who"] == "Auditor"]
    done = {action for row in rows for action, cell in row.items() if cell == "yes"}
    assert done == {"See the draws", "See a draw before it is published"}


def test_nobody_outside_the_secretariat_learns_of_a_draw_in_the_making() -> None:
    rows = [row for row in rows_of("draw_matrix.csv") if row["Side"] == "None"]
    cells = {row[action] for row in rows for action in [*row][3:]}
    assert (len(rows), cells) == (13, {"invisible"})


def test_whoever_has_edited_a_questionnaire_does_not_publish_it() -> None:
    assert who_may("editing_matrix.csv", "Publish a draft of a questionnaire") == {
        ("Officer", "Secretariat"),
        ("Administrator", "Secretariat"),
    }


def test_a_second_officer_who_is_not_of_the_state_approves() -> None:
    assert who_may("nomination_matrix.csv", "Approve a note verbale") == {
        ("Officer", "Secretariat"),
        ("Administrator", "Secretariat"),
    }


def test_an_officer_changes_only_what_he_or_she_has_recorded() -> None:
    assert who_may("nomination_matrix.csv", "Change a note verbale and its people") == {
        ("Focal point", "State that sent the note"),
        ("Permanent mission", "State that sent the note"),
        ("Officer who has recorded the note", "Secretariat"),
        ("Officer who has recorded it, the only one", "Secretariat"),
        ("Officer who has recorded it, in the first hour", "Secretariat"),
    }


def test_nobody_writes_for_a_state() -> None:
    """The secretariat sets up, reminds and records; it drafts, clears and publishes nothing of a State."""
    written = {
        action
        for name in ("exchange_matrix.csv", "text_matrix.csv")
        for row in rows_of(name)
        if row["Side"] == "Secretariat"
        for action, cell in row.items()
        if cell == "yes"
    }
    assert written == {
        "Read a State's written feedback",
        "Read the reply to written feedback",
        "Read a request for clarification",
        "Read supplementary information",
        "Read a list of observations or a summary",
        "Make the document of a list of observations or a summary",
    }


_RARE = (
    "Ask for a change of a person's e-mail address",
    "Ask to close an account",
    "Ask to open an account again",
    "Ask to reset a person's second factor",
    "Ask for a change of a role in the secretariat",
    "Change the reference data",
)


def test_nobody_holds_a_rare_power_without_a_staff_session() -> None:
    rows = [row for row in rows_of("accounts_matrix.csv") if row["The staff session"] == "None"]
    assert {row["Who"] for row in rows} == {"Officer", "Administrator", "Auditor", "Anybody else who is signed in"}
    assert {row[action] for row in rows for action in _RARE} & {"yes"} == set()


def test_a_staff_session_covers_the_people_of_its_state_and_never_oneself() -> None:
    covering = {"For the State of the person", "For no State; the last administrator"}
    rows = [row for row in rows_of("accounts_matrix.csv") if row["The staff session"] not in covering]
    assert {action for row in rows for action in _RARE if row[action] == "yes"} == {"Change the reference data"}


def test_nobody_ends_the_last_administrator() -> None:
    rows = [row for row in rows_of("accounts_matrix.csv") if "last administrator" in row["The staff session"]]
    for action in ("Ask to close an account", "Ask for a change of a role in the secretariat"):
        assert (len(rows), {row[action].partition(":")[0] for row in rows}) == (2, {"no"})


def test_only_administrators_add_members_and_only_in_the_first_hour_alone() -> None:
    administrator = {("Administrator", "Secretariat")}
    assert who_may("accounts_matrix.csv", "Ask for a new member of the secretariat") == administrator
    alone = "Add the second member of the secretariat alone, in the first hour"
    assert who_may("accounts_matrix.csv", alone) == administrator
    rows = rows_of("accounts_matrix.csv")
    assert {row["The staff session"] for row in rows if row[alone] == "yes"} == {"In the first hour"}


def test_in_the_first_hour_nobody_takes_anything_on_alone() -> None:
    for name in ("access_matrix.csv", "nomination_matrix.csv"):
        rows = [row for row in rows_of(name) if row["Who"].endswith("in the first hour")]
        assert rows
        assert not [row for row in rows for action, said in row.items() if "alone" in action and said == "yes"]


def test_a_staff_session_is_shown_to_the_state_concerned_and_no_other() -> None:
    assert who_may("states_matrix.csv", "See the staff sessions that concerned a State") == {
        ("Focal point", "The State"),
        ("Permanent mission", "The State"),
        ("Officer", "Secretariat"),
        ("Administrator", "Secretariat"),
        ("Auditor", "Secretariat"),
    }


def test_nobody_of_the_secretariat_carries_out_an_act_on_access_alone() -> None:
    assert who_may("accounts_matrix.csv", "Give or take access, as two officers and the State have agreed") == set()


def test_whoever_prepared_a_request_does_not_approve_it_and_the_secretariat_answers_for_no_state() -> None:
    approving = who_may("access_matrix.csv", "Approve a request for access")
    assert approving == {("Officer", "Secretariat"), ("Administrator", "Secretariat")}
    for action in ("Confirm a request for access", "Refuse a request for access"):
        assert {side for _name, side in who_may("access_matrix.csv", action)} == {"State concerned"}
    alone = who_may("access_matrix.csv", "Take on a request for access alone, with seven days")
    assert alone == {("Officer who has prepared it, the only one", "Secretariat")}


def test_a_stale_table_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    stale = matrix.ROOT / "docs" / "permissions.md"
    monkeypatch.setattr(matrix, "documents", lambda: {stale: "another rule"})
    assert matrix.main(["--check"]) == 1
    assert "docs/permissions.md is not what the code says" in capsys.readouterr().out


def test_only_those_who_write_for_a_state_answer_an_invitation() -> None:
    who = {
        (name, side) for name, side in who_may("meeting_matrix.csv", "Answer an invitation to a meeting for a State")
    }
    assert {name for name, _side in who} == {"Focal point", "Governmental expert"}
    assert len({side for _name, side in who}) == 3


def test_only_the_inviting_state_and_the_secretariat_change_or_cancel_a_meeting() -> None:
    for action in ("Change a meeting to come", "Cancel a meeting"):
        sides = {side for _name, side in who_may("meeting_matrix.csv", action)}
        assert sides == {"Reviewing State that invited", "Secretariat"}


def test_there_is_an_entry_for_calendars_only_of_what_all_states_agreed_on() -> None:
    rows = rows_of("meeting_matrix.csv")
    moments = {row["The meeting"] for row in rows if row["Take the calendar entry of a meeting along"] == "yes"}
    assert moments == {"Agreed", "Held and recorded", "Agreed and cancelled", "Agreed, review closed"}
