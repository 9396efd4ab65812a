"""A draw that was made elsewhere is brought in from a file, after a look at each row and each rule."""

import csv
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from openpyxl import Workbook

from accounts.people.models import User
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from lots.algorithm import FinishedDraw, Switches, draw
from lots.bringing.sheet import COLUMNS
from lots.draws import file_of
from lots.draws.enums import DrawBasis, DrawStatus
from lots.draws.models import Draw, DrawRule
from lots.files import write_files
from lots.preparation.selectors.inputs import table_for
from lots.publication.services.publication import publish_draw
from lots.results import drawn_states
from lots.verifier import verify
from reviews.cases.models import Review
from reviews.programme.models import Adherence
from tests.forms import carried_by
from tests.lots.making import AS_OF, Officers, make_draw, phase_of
from tests.lots.pages import errors_of, text_of

pytestmark = pytest.mark.django_db
ADDRESS = "/en/untoc/draws/bring-in/"
FIELDS = {"phase": "1", "kind": "training", "as_of": AS_OF.isoformat(), "source": "CTOC/COP/WG.2/2020/4"}
FILES = ("input.csv", "draw.json", "result.json", "certificate.json")
HEADING = ["state", "group", "reviewer", "instruments"]


@pytest.fixture
def by() -> Officers:
    return Officers()


@pytest.fixture
def client(by: Officers, login_as: Callable[[User], Client]) -> Client:
    return login_as(by.keeper)


@cache
def _drawn(table: Any) -> FinishedDraw:
    return draw(table, Switches(), as_of=AS_OF.isoformat(), seed="another place")


@pytest.fixture
def made() -> FinishedDraw:
    """A draw of the fictional States, as another program might have made it."""
    return _drawn(table_for(phase_of(1).mechanism, AS_OF, Switches(), is_training=True))


@pytest.fixture
def rows(made: FinishedDraw) -> list[list[str]]:
    return [
        [each.under_review, str(made.groups[each.under_review]), each.reviewer, " ".join(each.instruments)]
        for each in made.pairings
    ]


def as_file(rows: list[list[str]], *, heading: list[str] | None = None, name: str = "draw.csv") -> SimpleUploadedFile:
    if name.endswith("xlsx"):
        book, out = Workbook(), io.BytesIO()
        for row in [heading or HEADING, *rows]:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(out)
        return SimpleUploadedFile(name, out.getvalue())
    text = io.StringIO()
    csv.writer(text).writerows([heading or HEADING, *rows])
    return SimpleUploadedFile(name, text.getvalue().encode())


def show(client: Client, file: SimpleUploadedFile | None, **more: str) -> Any:
    return client.post(ADDRESS, {**FIELDS, **more, **({"file": file} if file else {}), "act": "show"})


def store(client: Client, shown: Any, **more: str) -> Any:
    return client.post(ADDRESS, {**FIELDS, **carried_by(shown), **more, "act": "store"}, follow=True)


def teams_of(draw: Draw) -> dict[str, set[str]]:
    return {each.state.iso3: {one.state.iso3 for one in each.reviewers} for each in drawn_states(draw)}


# --- From the file to the reviews


@pytest.mark.parametrize("name", ["draw.csv", "draw.xlsx"])
def test_what_was_looked_at_is_stored_and_published_by_another_officer(
    client: Client, by: Officers, rows: list[list[str]], made: FinishedDraw, name: str, tmp_path: Path
) -> None:
    shown = show(client, as_file(rows, name=name))
    words = text_of(shown)
    assert (shown.status_code, "All rules hold." in words, Draw.objects.count()) == (200, True, 0)
    assert f"{len(rows)} pairs." in words

    assert "The draw is brought in." in text_of(store(client, shown))
    brought = Draw.objects.get()
    assert (brought.kind, brought.status, brought.seed) == ("brought_in", DrawStatus.DRAWN, "")
    pairs = {
        (each.state.iso3, one.state.iso3, one.is_extra) for each in drawn_states(brought) for one in each.reviewers
    }
    assert pairs == {(each.under_review, each.reviewer, each.extra) for each in made.pairings}
    assert AuditEntry.objects.get(verb="lots.draw.brought_in").after["source"] == FIELDS["source"]

    with pytest.raises(PolicyRefusedError, match="Two different officers are needed"):
        publish_draw(actor=by.keeper, draw=brought)
    publish_draw(actor=by.runner, draw=brought)
    assert Review.objects.filter(phase=brought.phase).count() == len(made.groups)

    page = text_of(Client().get(f"/en/draws/untoc/{brought.code}/"))
    assert "This draw was made elsewhere and brought in as it is." in page
    assert "CTOC/COP/WG.2/2020/4" in page
    assert "replay.pyz" not in page
    write_files({file: file_of(brought, file) or b"" for file in FILES}, tmp_path)
    assert verify.main([str(tmp_path)]) == 0


def test_the_next_phase_is_drawn_on_it_with_the_teams_that_there_are(
    client: Client, by: Officers, rows: list[list[str]], tmp_path: Path
) -> None:
    store(client, show(client, as_file(rows)))
    first = publish_draw(actor=by.runner, draw=Draw.objects.get())
    second = make_draw(phase=2, basis=DrawBasis.KEPT)
    teams = [
        {each.state.iso3: {one.state.iso3 for one in each.reviewers} for each in drawn_states(it)}
        for it in (first, second)
    ]
    assert teams[0] == teams[1]
    for each in (first, second):
        write_files({file: file_of(each, file) or b"" for file in FILES}, tmp_path / each.code)
    assert verify.main([str(tmp_path / each.code) for each in (first, second)]) == 0


def test_a_rule_that_does_not_hold_is_named_with_its_states_and_stops_nobody(
    client: Client, rows: list[list[str]]
) -> None:
    without = [row for row in rows if row[0] != rows[0][0]] + [[rows[0][0], rows[0][1], "", ""]]
    shown = show(client, as_file(without))
    words = text_of(shown)
    assert "These rules do not hold." in words
    assert "it has exactly one reviewing State from its own regional group" in words
    store(client, shown)
    page = text_of(client.get(f"/en/untoc/draws/{Draw.objects.get().code}/"))
    assert "Where it is read" in page


def test_states_that_the_rules_of_the_next_draw_name_are_no_part_of_it(
    client: Client, by: Officers, rows: list[list[str]], tmp_path: Path
) -> None:
    """France takes part in no draw of fictional States: files in which a switch named it would be refused."""
    DrawRule.objects.filter(switch="consent").update(default="FRA")
    DrawRule.objects.filter(switch="load").update(default="soft")
    store(client, show(client, as_file(rows)))
    brought = Draw.objects.get()
    publish_draw(actor=by.runner, draw=brought)
    assert brought.switches == Switches(load="soft").to_json()
    write_files({file: file_of(brought, file) or b"" for file in FILES}, tmp_path)
    assert verify.main([str(tmp_path)]) == 0


def test_states_by_name_and_headings_in_arabic_are_read(client: Client, rows: list[list[str]]) -> None:
    named = [["Veskaria" if cell == "XVE" else cell for cell in row] for row in rows]
    with translation.override("ar"):
        heading = [str(COLUMNS[key]) for key in HEADING[:3]]
    shown = show(client, as_file([row[:3] for row in named], heading=heading))
    assert shown.status_code == 200, errors_of(shown)


def test_a_party_that_the_file_leaves_out_is_named(client: Client, rows: list[list[str]]) -> None:
    left = [row for row in rows if "XVE" not in row[:3:2]]
    assert "Party on that day, and not in the file: Veskaria." in text_of(show(client, as_file(left)))


# --- What is wrong is told by row and column, and nothing is stored


@pytest.mark.parametrize(
    ("place", "cell", "words"),
    [
        (0, "Atlantis", "2 Atlantis State under review : “Atlantis” is no State of the list."),
        (0, "", "2 – State under review : Enter the State."),
        (0, "=A1", "2 =A1 State under review : This cell is worked out by a formula."),
        (1, "4", "Group : Enter the number of the group: 1, 2 and 3."),
        (1, "one", "Group : Enter the number of the group"),
        (3, "untoc uncac", "Instruments : Enter the short names of instruments"),
    ],
)
def test_a_wrong_cell(client: Client, rows: list[list[str]], place: int, cell: str, words: str) -> None:
    rows[0][place] = cell
    answer = show(client, as_file(rows))
    assert (answer.status_code, words in text_of(answer)) == (422, True)
    assert not Draw.objects.exists()


def test_rows_that_contradict_each_other(client: Client, rows: list[list[str]]) -> None:
    again = [rows[0], rows[0], [rows[0][0], str(int(rows[0][1]) % 3 + 1), "XVE" if rows[0][2] != "XVE" else "XHV", ""]]
    words = text_of(show(client, as_file(again)))
    assert f"3 {rows[0][0]} Reviewing State : The same pair as in row 2." in words
    assert f"4 {rows[0][0]} Group : In row 2 this State is in another group." in words


PLAIN = b"state,group,reviewer\n"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("draw.csv", b"", "The submitted file is empty."),
        ("draw.csv", PLAIN, "There is no pair in this file."),
        ("draw.csv", b"state,group\nXVE,1\n", "The first row names no column for: Reviewing State."),
        ("draw.csv", b"state,group,reviewer,group\nXVE,1,XHV,1\n", "These columns are there twice: Group."),
        ("draw.csv", b"state,group,reviewer,x\nXVE,1,XHV,1\n", "These columns are not known: x."),
        ("draw.csv", PLAIN + b"XVE,1,XH\xe9\n", "The first that cannot be read stands in row 2, column 3."),
        ("draw.xlsx", b"PK nothing", "The content of this file is not what its name says."),
        ("draw.pdf", b"%PDF-1.7", "This kind of file is not accepted."),
        ("draw.csv", PLAIN + b"XVE,1,XHV\n" * 5_001, "more than 5000 rows"),
        ("draw.csv", b"x" * (2 * 1024 * 1024 + 2), "This file is larger than 2 megabytes."),
        ("draw.csv", PLAIN + b"FRA,1,DEU\n", "were not party to the instrument “Organized Crime Convention”"),
        ("draw.csv", PLAIN + b"XVE,1,XHV\n", "review others and are in no group"),
    ],
)
def test_a_wrong_file(client: Client, name: str, content: bytes, words: str) -> None:
    answer = show(client, SimpleUploadedFile(name, content))
    assert (answer.status_code, words in text_of(answer)) == (422, True), text_of(answer)[-600:]
    assert not Draw.objects.exists()


def test_without_a_file_one_is_asked_for(client: Client) -> None:
    assert errors_of(show(client, None)) == {"file": ["Choose the file."]}


def test_what_has_changed_since_it_was_looked_at_is_shown_anew(
    client: Client, rows: list[list[str]], late: Callable[[], None]
) -> None:
    shown = show(client, as_file(rows))
    late()
    answer = store(client, shown)
    assert not Draw.objects.exists()
    assert "What would be brought in" in text_of(answer)


@pytest.fixture
def late() -> Callable[[], None]:
    """A colleague corrects what a State has joined."""

    def correct() -> None:
        Adherence.objects.filter(state_party__iso3="XVE", instrument__slug="firearms").delete()

    return correct


def test_a_second_press_and_a_phase_that_is_drawn_bring_nothing_in(
    client: Client, by: Officers, rows: list[list[str]]
) -> None:
    shown = show(client, as_file(rows))
    store(client, shown)
    publish_draw(actor=by.runner, draw=Draw.objects.get())
    answer = client.post(ADDRESS, {**FIELDS, **carried_by(show(client, as_file(rows))), "act": "store"})
    assert "A draw of this phase is published." in text_of(answer)
    assert Draw.objects.count() == 1


def test_the_table_to_fill_in_names_the_columns(client: Client) -> None:
    answer = client.get(f"{ADDRESS}template/")
    assert answer.content.decode().splitlines() == ["state,group,reviewer,instruments"]
