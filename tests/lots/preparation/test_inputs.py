"""The input from the rows of the portal, and the report on it."""

import datetime as dt

import pytest
from django.utils import translation

from accounts.states.models import StateParty
from lots.algorithm import DrawInput, Switches
from lots.chain import first_terms, roles_to_draw
from lots.draws.enums import DrawStatus
from lots.draws.models import DrawRule
from lots.preparation.selectors.inputs import default_switches, input_of, names_of, report_on, table_for
from reviews.programme.models import Mechanism
from tests.lots.making import AS_OF, LAUNCH_SESSION, make_draw
from tests.lots.tables import parties_of_2020

pytestmark = pytest.mark.django_db


def trial_input(mechanism: Mechanism, day: dt.date, switches: Switches) -> DrawInput:
    return DrawInput(table_for(mechanism, day, switches, is_training=True), switches, day.isoformat())


@pytest.mark.parametrize("switches", [(), ("legal_system=on", "reio_group=African States"), ("late=PLW,AND",)])
def test_the_rows_give_the_bytes_of_the_file(mechanism: Mechanism, switches: tuple[str, ...]) -> None:
    made = table_for(mechanism, LAUNCH_SESSION, Switches.parse(switches), is_training=False)
    assert made.csv_bytes == parties_of_2020(*switches).csv_bytes


def test_the_reader_s_language_does_not_change_the_input(mechanism: Mechanism) -> None:
    with translation.override("ar"):
        made = table_for(mechanism, LAUNCH_SESSION, Switches(), is_training=False)
    assert made.csv_bytes == parties_of_2020().csv_bytes


def test_the_order_in_which_pages_show_the_instruments_changes_no_byte(mechanism: Mechanism) -> None:
    for place, instrument in enumerate(mechanism.instruments.order_by("-order")):
        instrument.order = place
        instrument.save()
    made = table_for(mechanism, LAUNCH_SESSION, Switches(), is_training=False)
    assert made.csv_bytes == parties_of_2020().csv_bytes
    assert first_terms(made.instruments, roles_to_draw(mechanism)) is None, "format 1 says all of it"
    mechanism.instruments.update(order=1)
    assert table_for(mechanism, LAUNCH_SESSION, Switches(), is_training=False).csv_bytes == made.csv_bytes


def test_what_is_frozen_is_what_is_read_back() -> None:
    draw = make_draw(DrawStatus.PREPARED)
    assert input_of(draw).table.csv_bytes == bytes(draw.files.get().content)


def test_a_state_that_joins_afterwards_is_not_in_the_frozen_input(mechanism: Mechanism) -> None:
    draw = make_draw(DrawStatus.PREPARED)
    StateParty.objects.get(iso3="XZU").adherences.all().delete()
    assert "XZU" in input_of(draw).table.by_code
    assert "XZU" not in table_for(mechanism, AS_OF, Switches(), is_training=True).by_code


def test_a_draw_begins_with_the_switches_of_the_rules(mechanism: Mechanism) -> None:
    assert default_switches(mechanism) == Switches()
    DrawRule.objects.filter(key="load").update(default="soft")
    DrawRule.objects.filter(key="defer").update(default="on")
    assert default_switches(mechanism) == Switches(load="soft", defer=True)


def test_the_report_is_in_the_reader_s_language(mechanism: Mechanism) -> None:
    given = trial_input(mechanism, AS_OF, Switches())
    with translation.override("ar"):
        report = report_on(given)
    assert (len(report.rows), report.rows[0].regional_group) == (20, "الدول الأفريقية")
    assert report.rows[0].instrument == "اتفاقية الجريمة المنظمة"


def test_a_possible_input_has_no_problems(mechanism: Mechanism) -> None:
    report = report_on(trial_input(mechanism, AS_OF, Switches()))
    assert (report.is_possible, report.problems, report.extras) == (True, [], 2)
    tight = [
        (row.regional_group, row.instrument, row.tightness.parties, row.tightness.elsewhere, row.tightness.spare)
        for row in report.rows
        if row.tightness.spare <= 0
    ]
    assert tight == [
        ("African States", "Smuggling of Migrants Protocol", 3, 16, 0),
        ("African States", "Firearms Protocol", 3, 13, 0),
        ("Asia-Pacific States", "Smuggling of Migrants Protocol", 3, 16, 0),
        ("Asia-Pacific States", "Firearms Protocol", 3, 13, 0),
        ("Eastern European States", "Firearms Protocol", 3, 13, 0),
        ("Western European and other States", "Firearms Protocol", 3, 13, 0),
    ]


def test_an_impossible_input_is_explained(mechanism: Mechanism) -> None:
    switches = Switches.parse(["exclude=XHV>XVE,XLE>XVE"])
    report = report_on(trial_input(mechanism, AS_OF, switches))
    assert (report.is_possible, report.extras) == (False, None)
    assert report.problems[2] == "Halvonia (XHV) does not review Veskaria (XVE) (exclusion)."


def test_very_few_parties_are_explained(mechanism: Mechanism) -> None:
    day = dt.date(2003, 4, 1)  # XLV, XMB alone
    report = report_on(trial_input(mechanism, day, Switches()))
    assert not report.is_possible
    assert {row.tightness.parties for row in report.rows if not row.tightness.is_possible} == {1}


def test_names_by_code(mechanism: Mechanism) -> None:
    names = names_of(table_for(mechanism, AS_OF, Switches(), is_training=True))
    assert (len(names), names["XVE"]) == (25, "Veskaria")


@pytest.mark.parametrize("switches", [(), ("exclude=XHV>XVE,XLE>XVE",)])
def test_the_trial_of_an_input_is_made_once_whoever_reads_of_it(
    mechanism: Mechanism, switches: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = Switches.parse(switches)
    given = trial_input(mechanism, AS_OF, chosen)
    first = report_on(given)
    monkeypatch.setattr(DrawInput, "drawn", None)
    assert report_on(given) == first
    with translation.override("ar"):
        again = report_on(given)
    assert (again.extras, len(again.problems)) == (first.extras, len(first.problems))
    assert first.problems == [] or again.problems != first.problems
