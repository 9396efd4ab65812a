"""Tables of parties for the tests of the draw."""

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from lots.algorithm import INSTRUMENTS, Party, PartyTable, Switches, read_parties

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "reference" / "states_parties.csv"
AS_OF = "2020-10-12"


@cache
def parties_of_2020(*switches: str) -> PartyTable:
    """The 190 parties on the day of the tenth session's opening."""
    return read_parties(FIXTURE.read_bytes(), as_of=AS_OF, switches=Switches.parse(switches))


def party(code: str, region: str = "North", instruments: str = "untoc tip som firearms", system: str = "") -> Party:
    return Party(code, f"State {code}", region, tuple(instruments.split()), system)


def table(*parties: Party) -> PartyTable:
    return PartyTable(tuple(sorted(parties, key=lambda each: each.code)))


def full_table(*sizes: int) -> PartyTable:
    """Regional groups of these sizes, everybody party to everything."""
    return table(
        *(
            party(f"{chr(65 + group)}{chr(65 + n // 26)}{chr(65 + n % 26)}", f"Group {group}")
            for group, size in enumerate(sizes)
            for n in range(size)
        )
    )


_INSTRUMENT_SETS = [
    ("untoc", *(name for place, name in enumerate(INSTRUMENTS[1:]) if bits >> place & 1)) for bits in range(8)
]


@st.composite
def small_tables(draw: st.DrawFn) -> PartyTable:
    """Two regional groups of three States or so; most States have joined everything, or no draw would be possible."""
    sizes = draw(st.sampled_from([(3, 3), (4, 3), (3, 3), (4, 2)]))
    joined = st.sampled_from([INSTRUMENTS] * 3 * len(_INSTRUMENT_SETS) + _INSTRUMENT_SETS)
    return PartyTable(
        tuple(
            Party(f"{'NS'[group]}A{chr(65 + number)}", f"State {number}", ("North", "South")[group], draw(joined))
            for group, size in enumerate(sizes)
            for number in range(size)
        )
    )
