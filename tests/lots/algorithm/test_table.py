"""The table of parties: read from files of any quality, written in one form only."""

import pytest
from hypothesis import given, strategies as st

from lots.algorithm import Party, PartyTable, Switches, TableError, read_parties, table_of
from tests.lots.tables import AS_OF, FIXTURE, parties_of_2020, party

pytestmark = pytest.mark.unit

HEADING = "iso3,name_en,regional_group,untoc_date,tip_date,som_date,firearms_date\n"


def read(lines: str, *switches: str) -> PartyTable:
    return read_parties(HEADING + lines, as_of=AS_OF, switches=Switches.parse(switches))


def test_on_the_day_of_the_tenth_session_there_were_190_parties() -> None:
    counts = {
        name: sum(name in each.instruments for each in parties_of_2020().parties)
        for name in ("untoc", "tip", "som", "firearms")
    }
    assert counts == {"untoc": 190, "tip": 178, "som": 149, "firearms": 119}


def test_a_state_takes_part_for_what_it_had_joined_by_the_day() -> None:
    joined = read("AAA,Aland,North,2020-10-12,2020-10-13,2001-01-01,\n")
    assert joined.parties == (Party("AAA", "Aland", "North", ("untoc", "som")),)


def test_without_the_convention_a_state_takes_no_part() -> None:
    joined = read("AAA,Aland,North,2020-10-13,2001-01-01,,\nBBB,Bland,North,2001-01-01,,,\n")
    assert [each.code for each in joined.parties] == ["BBB"]


def test_a_late_state_takes_part_with_all_that_it_has_joined_since() -> None:
    joined = read("AAA,Aland,North,2022-01-01,2023-01-01,,\nBBB,Bland,North,2001-01-01,,,\n", "late=AAA")
    assert joined.parties[0].instruments == ("untoc", "tip")


def test_a_party_without_a_group_is_drawn_with_the_one_that_the_switch_names() -> None:
    line = "EUE,European Union,none/REIO,2004-05-21,,,\n"
    assert read(line).parties[0].regional_group == "Western European and other States"
    assert read(line, "reio_group=Eastern European States").parties[0].regional_group == "Eastern European States"


def test_legal_systems_are_part_of_the_input_only_where_they_count() -> None:
    systems = {
        switch: {each.legal_system for each in parties_of_2020(switch).parties}
        for switch in ("legal_system=off", "legal_system=on")
    }
    assert systems["legal_system=off"] == {""}
    assert len(systems["legal_system=on"]) > 3


def test_the_canonical_text_is_read_back() -> None:
    assert PartyTable.from_csv(parties_of_2020().csv_bytes) == parties_of_2020()


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=20))
def test_any_printable_name_survives(name: str) -> None:
    written = table_of([Party("AAA", name, "North", ("untoc",))], Switches())
    assert PartyTable.from_csv(written.csv_bytes) == written


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "the file is not UTF-8 text (byte 0)"),
        (b"", "the file has no column iso3, name_en, regional_group, untoc_date, tip_date, som_date, firearms_date"),
        (HEADING.encode(), "no State of the file takes part in the draw"),
        ((HEADING + "AAA,Aland,North\n").encode(), "line 2: 7 columns are needed, 3 are there"),
        (
            (HEADING + "aaa,Aland,North,2001-01-01,,,\n").encode(),
            "line 2: 'aaa' is not a code of three capital letters",
        ),
        ((HEADING + "AAA,,North,2001-01-01,,,\n").encode(), "line 2: AAA has no name that can be printed"),
        ((HEADING + "AAA,=1+1,North,2001-01-01,,,\n").encode(), "line 2: a spreadsheet would calculate '=1+1'"),
        ((HEADING + "AAA,A,@SUM(1),2001-01-01,,,\n").encode(), "line 2: a spreadsheet would calculate '@SUM(1)'"),
        (
            (HEADING + "AAA,A,North,2001-13-01,,,\n").encode(),
            "line 2, untoc_date: '2001-13-01' is not a day (YYYY-MM-DD)",
        ),
        ((HEADING + "AAA,A,North,2001-01-01,,,\n" * 2).encode(), "line 3: AAA stands twice in the file"),
        ((HEADING + '"AAA,A\n').encode(), "the file is not a table divided by commas: unexpected end of data"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(content: bytes, message: str) -> None:
    with pytest.raises(TableError) as refusal:
        read_parties(content, as_of=AS_OF, switches=Switches())
    assert str(refusal.value) == message


def test_a_byte_order_mark_and_blank_lines_do_no_harm() -> None:
    content = b"\xef\xbb\xbf" + HEADING.encode() + b"\nAAA,Aland,North,2001-01-01,,,\n\n"
    assert [each.code for each in read_parties(content, as_of=AS_OF, switches=Switches()).parties] == ["AAA"]


def test_a_file_too_long_is_refused() -> None:
    with pytest.raises(TableError, match="more than 5000 lines"):
        read("AAA,A,North,2001-01-01,,,\n" * 5001)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(TableError, match="the day of the draw: 'yesterday' is not a day"):
        read_parties(FIXTURE.read_bytes(), as_of="yesterday", switches=Switches())


def test_a_switch_cannot_name_a_state_that_takes_no_part() -> None:
    with pytest.raises(TableError, match="a switch names CCC, which takes no part in the draw"):
        table_of([party("AAA")], Switches(consent=("CCC",)))


def test_there_is_no_draw_to_join_where_everybody_is_late() -> None:
    with pytest.raises(TableError, match="every State is late"):
        table_of([party("AAA")], Switches(late=("AAA",)))


def test_a_state_cannot_be_late_and_a_volunteer() -> None:
    with pytest.raises(TableError, match="AAA cannot be late and redrawn, or a volunteer, at once"):
        table_of([party("AAA")], Switches(late=("AAA",), volunteer=("AAA",)))


@pytest.mark.parametrize(
    "content",
    [
        b"iso3,name_en,regional_group,legal_system,instruments\r\nAAA,A,North,,untoc\r\n",
        b'iso3,name_en,regional_group,legal_system,instruments\nAAA,"A",North,,untoc\n',
        b"iso3,name_en,regional_group,legal_system,instruments\nBBB,B,North,,untoc\nAAA,A,North,,untoc\n",
        b"iso3,name_en,regional_group,legal_system,instruments\nAAA,A,North,untoc\n",
        b"iso3,name\nAAA,A\n",
    ],
)
def test_what_is_not_canonical_is_not_the_input_of_a_draw(content: bytes) -> None:
    with pytest.raises(TableError):
        PartyTable.from_csv(content)
