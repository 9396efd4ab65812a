"""A row of the timeline out of its mould is, sign for sign, what its template makes of it."""

from dataclasses import replace

import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from portal.cockpit import rows
from portal.cockpit.rows import ShownRow, rendered, written

pytestmark = pytest.mark.unit

ROW = ShownRow(
    can_be_chosen=True,
    waits=True,
    is_past=False,
    first=SafeString(" data-first"),
    code="1-XVE",
    choose="Choose 1-XVE",
    url="/en/untoc/reviews/1-XVE/",
    state="State of A & B",
    step="Dialogue <1>",
    distance="due in 3 days",
    act='Send "answers"',
    debtor="State of A & B",
    words="Dialogue: since 1 Dec. <2>",
    drawing=SafeString('<use href="#gantt-ticks"/>'),
)
OTHER = replace(ROW, first=SafeString(""), code="2-XNE", state="Another", drawing=SafeString("<g></g>"), words="")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_rows_of_every_kind_come_out_as_the_template_makes_them(language: str) -> None:
    kinds = [
        replace(row, can_be_chosen=chosen, waits=waits, is_past=past)
        for row in (ROW, OTHER)
        for chosen in (True, False)
        for waits in (True, False)
        for past in (True, False)
    ]
    with translation.override(language):
        for row in [*kinds, *kinds]:
            assert written([row]) == rendered(row)
        assert written(kinds) == "".join(map(rendered, kinds))


def test_no_row_leaves_a_word_in_a_mould() -> None:
    rows._moulds.clear()
    assert "State of A &amp; B" in written([ROW])
    kept = "".join("".join(mould._pieces) for mould in rows._moulds.values())
    assert "State of" not in kept
    assert "1-XVE" not in kept
