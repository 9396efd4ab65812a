"""Small draws made by hand: nothing of them is computed by the program that draws, or by the verifier.

Each line of a table is a State: code, name, regional group | what it has joined | who reviews it from its own group |
and from another one. A reviewer with a colon is an extra one, for what stands behind the colon.
"""

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

REGIONS = {"A": "African States", "P": "Asia-Pacific States", "W": "Western European and other States"}
SWITCHES: dict[str, Any] = {
    "stratify": "on", "load": "hard", "reio_group": "Western European and other States", "legal_system": "off",
    "consent": [], "defer": "off", "exclude": [], "volunteer": [], "redraw": [], "late": [],
}  # fmt: skip

# Nobody needs an extra reviewer, but all others need African States from another group: that proves the load.
EVEN = """
AUT Austria W                  | untoc som firearms | BEL | GHA
BEL Belgium W                  | untoc som firearms | CAN | GHA
CAN Canada W                   | untoc som firearms | DNK | KEN
CIV Côte_d'Ivoire A            | untoc tip som      | MAR | IND
DNK Denmark W                  | untoc som firearms | AUT | MLI
DZA Algeria A                  | untoc tip som      | CIV | KOR
GHA Ghana A                    | untoc som firearms | KEN | CAN
IND India P                    | untoc tip som      | JPN | DZA
JPN Japan P                    | untoc tip som      | KOR | DZA
KEN Kenya A                    | untoc som firearms | MLI | AUT
KOR Korea,_Republic_of P       | untoc tip som      | NPL | CIV
MAR Morocco A                  | untoc tip som      | DZA | JPN
MLI Mali A                     | untoc som firearms | GHA | BEL
NPL Nepal P                    | untoc tip som      | IND | MAR
"""

# Kenya has joined everything, and nobody else has: it needs an extra reviewer in each role.
SCARCE = """
AUT Austria W                  | untoc som firearms     | BEL     | GHA
BEL Belgium W                  | untoc som firearms     | CAN     | GHA
CAN Canada W                   | untoc som firearms     | DNK     | MLI
CIV Côte_d'Ivoire A            | untoc tip som          | KEN     | IND
DNK Denmark W                  | untoc som firearms     | AUT     | MLI
DZA Algeria A                  | untoc tip som          | CIV     | KOR
GHA Ghana A                    | untoc som firearms     | MLI     | CAN
IND India P                    | untoc tip som          | JPN     | DZA
JPN Japan P                    | untoc tip som          | KOR     | DZA
KEN Kenya A                    | untoc tip som firearms | GHA DZA:tip | JPN BEL:firearms
KOR Korea,_Republic_of P       | untoc tip som          | NPL     | CIV
MLI Mali A                     | untoc som firearms     | KEN     | AUT
NPL Nepal P                    | untoc tip som          | IND     | CIV
"""

# Japan and Korea could only review one another without an extra reviewer: the price of the pair shows it.
MUTUAL = """
AUT Austria W                  | untoc tip som firearms | BEL | CIV
BEL Belgium W                  | untoc tip som firearms | CAN | DZA
CAN Canada W                   | untoc tip som firearms | DNK | KEN
CIV Côte_d'Ivoire A            | untoc tip som firearms | GHA | BEL
DNK Denmark W                  | untoc tip som firearms | AUT | GHA
DZA Algeria A                  | untoc tip som firearms | CIV | AUT
GHA Ghana A                    | untoc tip som firearms | KEN | CAN
IND India P                    | untoc tip              | JPN | MLI
JPN Japan P                    | untoc tip firearms     | KOR | DZA
KEN Kenya A                    | untoc tip som firearms | MLI | DNK
KOR Korea,_Republic_of P       | untoc tip firearms     | IND NPL:firearms | KEN
MLI Mali A                     | untoc tip som firearms | DZA | AUT
NPL Nepal P                    | untoc firearms         | JPN | MLI
"""

# Two base duties each: three Asian parties cannot review four African ones.
TWO = """
AUT Austria W                  | untoc          | BEL | LAO
BEL Belgium W                  | untoc          | CAN | KEN
CAN Canada W                   | untoc          | DNK | NPL
CIV Côte_d'Ivoire A            | untoc firearms | GHA | JPN
DNK Denmark W                  | untoc          | AUT | THA
DZA Algeria A                  | untoc firearms | CIV | IND
GHA Ghana A                    | untoc firearms | KEN | KOR
IND India P                    | untoc firearms | JPN | CIV
JPN Japan P                    | untoc firearms | KOR | GHA
KEN Kenya A                    | untoc firearms | DZA | AUT IND:firearms
KOR Korea,_Republic_of P       | untoc firearms | IND | DZA
LAO Laos P                     | untoc          | NPL | BEL
NPL Nepal P                    | untoc          | THA | DNK
THA Thailand P                 | untoc          | LAO | CAN
"""

# Whoever reviews an African State lacks two instruments: two extra reviewers each.
TRIPLE = """
DZA Algeria A   | untoc tip som firearms | GHA | IND JPN:som KOR:firearms
GHA Ghana A     | untoc tip som firearms | KEN | JOR IDN:tip KWT:firearms
IDN Indonesia P | untoc tip              | IRQ | DZA
IND India P     | untoc tip              | IDN | KEN
IRQ Iraq P      | untoc tip              | IND | GHA
JOR Jordan P    | untoc som              | KHM | DZA
JPN Japan P     | untoc som              | JOR | KEN
KEN Kenya A     | untoc tip som firearms | DZA | LAO IRQ:tip KHM:som
KHM Cambodia P  | untoc som              | JPN | GHA
KOR Korea P     | untoc firearms         | KWT | KEN
KWT Kuwait P    | untoc firearms         | LAO | DZA
LAO Laos P      | untoc firearms         | KOR | GHA
"""


@dataclass
class State:
    """A line of ``input.csv``."""

    name: str
    region: str
    joined: list[str]
    system: str = ""


@dataclass
class SmallDraw:
    """A draw whose parts can be changed; what follows from them is worked out when it is written."""

    states: dict[str, State]
    pairings: list[dict[str, Any]]
    extra_claim: dict[str, Any]
    load_claim: dict[str, Any]
    switches: dict[str, Any] = field(default_factory=lambda: copy.deepcopy(SWITCHES))
    seed: str = "numbers read aloud"
    groups: dict[str, int] | None = None

    def pairing(self, under_review: str, reviewer: str) -> dict[str, Any]:
        """Give the pairing of these two, to be changed."""
        return next(it for it in self.pairings if (it["under_review"], it["reviewer"]) == (under_review, reviewer))

    def review(self, under_review: str, reviewer: str, role: str, instruments: str = "") -> None:
        """Add a pairing: of a base reviewer, or of an extra one for the instruments named."""
        shared = [it for it in self.states[under_review].joined if it in self.states[reviewer].joined]
        self.pairings.append({
            "under_review": under_review, "reviewer": reviewer, "role": role, "extra": bool(instruments),
            "instruments": instruments.split() or shared,
        })  # fmt: skip

    def move(self, under_review: str, old: str, new: str) -> None:
        """Let another State do a review in the same role."""
        moved = self.pairing(under_review, old)
        self.pairings.remove(moved)
        self.review(under_review, new, moved["role"], " ".join(moved["instruments"]) if moved["extra"] else "")

    @property
    def late(self) -> list[str]:
        """Who joined after the draw."""
        return self.switches["late"]


def small_draw(table: str, *, load: str = "hard", extra: Any = None, loads: Any = None) -> SmallDraw:
    """Read a table. The claims are none below zero and balance where no bound and evidence is named."""
    drawn = SmallDraw({}, [], extra or claim(0, "none_below_zero"), loads or {"evidence": {"kind": "balance"}})
    drawn.switches["load"] = load
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    for who, joined, *_ in lines:
        code, name, region = who.split()
        drawn.states[code] = State(name.replace("_", " "), REGIONS[region], joined.split())
    for who, _, same_group, other_group in lines:
        for role, reviewers in (("same_group", same_group), ("other_group", other_group)):
            for reviewer in reviewers.split():
                code, _, instruments = reviewer.partition(":")
                drawn.review(who[:3], code, role, instruments.replace("+", " "))
    return drawn


def claim(bound: int, kind: str, **evidence: Any) -> dict[str, Any]:
    """Give a bound with its evidence."""
    return {"bound": bound, "evidence": {"kind": kind, **evidence}}


def prices(states: Iterable[str], *, same: dict[str, int], other: dict[str, int], **more: Any) -> dict[str, Any]:
    """Give evidence by prices, 0 for those that are not named."""
    by_role = {
        "same_group": {it: same.get(it, 0) for it in states},
        "other_group": {it: other.get(it, 0) for it in states},
    }
    return {"scale": 1, "extra_weight": 1, "prices": by_role, "pair_prices": [], **more}


def codes_of(table: str) -> list[str]:
    """Give the codes of the States in a table."""
    return [line[:3] for line in table.strip().splitlines()]


# --- The draws


def even() -> SmallDraw:
    """Draw 14 States, the load proved by prices: between 4 and 9 squares lies 5, between 1 and 4 lies 3."""
    price = {code: 50 if code in ("CIV", "DZA", "GHA", "KEN", "MLI") else 30 for code in codes_of(EVEN)} | {"MAR": 51}
    evidence = prices(price, same=price, other=price, scale=10, extra_weight=2)
    return small_draw(EVEN, loads=claim(60, "prices", **evidence))


def scarce() -> SmallDraw:
    """Draw 13 States, two extra reviewers proved without any price."""
    return small_draw(SCARCE, extra=claim(2, "prices", **prices(codes_of(SCARCE), same={}, other={})))


def mutual() -> SmallDraw:
    """Draw 13 States, one extra reviewer proved by the price of a pair."""
    evidence = prices(codes_of(MUTUAL), same={}, other={}, pair_prices=[["JPN", "KOR", 1]])
    return small_draw(MUTUAL, extra=claim(1, "prices", **evidence))


def excluded() -> SmallDraw:
    """As ``mutual``, but Japan may not review Korea: that proves the extra reviewer without any price."""
    drawn = small_draw(MUTUAL, extra=claim(1, "prices", **prices(codes_of(MUTUAL), same={}, other={})))
    drawn.switches["exclude"] = ["JPN>KOR"]
    return drawn


def two() -> SmallDraw:
    """Draw 14 States, two base duties each; one extra reviewer proved by prices, the load by balance."""
    evidence = prices(codes_of(TWO), same={}, other={"IND": 1, "JPN": 1, "KOR": 1})
    return small_draw(TWO, load="two", extra=claim(1, "prices", **evidence))


def triple() -> SmallDraw:
    """Draw 12 States, six extra reviewers proved without any price."""
    proof = claim(6, "prices", **prices(codes_of(TRIPLE), same={}, other={}))
    return small_draw(TRIPLE, load="soft", extra=proof)


def soft() -> SmallDraw:
    """As ``even``, but Denmark reviews nobody, and Algeria four."""
    drawn = even()
    drawn.switches["load"] = "soft"
    drawn.move("CAN", "DNK", "AUT")
    drawn.move("NPL", "MAR", "DZA")
    return drawn


def five() -> SmallDraw:
    """As ``scarce``, but Mongolia, party to the Convention alone, reviews Kenya: five reviewers, with consent.

    Somebody has to need one more extra reviewer because of Mongolia: the price below zero proves it.
    """
    drawn = scarce()
    drawn.states["MNG"] = State("Mongolia", REGIONS["P"], ["untoc"])
    drawn.move("KEN", "JPN", "MNG")
    drawn.review("KEN", "JPN", "other_group", "tip som")
    drawn.review("MNG", "NPL", "same_group")
    drawn.review("MNG", "DNK", "other_group")
    drawn.extra_claim = claim(3, "prices", **prices(drawn.states, same={"MNG": -1}, other={"MNG": -1}))
    drawn.switches["consent"] = ["KEN"]
    return drawn


def late() -> SmallDraw:
    """As ``even``, and Zambia and Yemen joined afterwards."""
    drawn = even()
    drawn.states["ZMB"] = State("Zambia", REGIONS["A"], ["untoc", "tip", "som"])
    drawn.states["YEM"] = State("Yemen", REGIONS["P"], ["untoc"])
    for code, same_group, other_group in (("ZMB", "CIV", "KOR"), ("YEM", "NPL", "DNK")):
        drawn.review(code, same_group, "same_group")
        drawn.review(code, other_group, "other_group")
    drawn.switches["late"] = ["ZMB", "YEM"]
    drawn.load_claim = {"evidence": {"kind": "balance"}}
    return drawn


def many_late() -> SmallDraw:
    """As ``even``, and so many States joined afterwards that three reviews each are the least."""
    drawn = even()
    for number, code in enumerate(("ZAA", "ZAB", "ZAC", "ZAD", "ZAE", "ZAF", "ZAG", "ZAH")):
        drawn.states[code] = State(f"State {number}", REGIONS["P"], ["untoc"])
        drawn.review(code, ("IND", "JPN", "KOR", "NPL")[number % 4], "same_group")
        drawn.review(code, ("AUT", "BEL", "CAN", "DNK")[number % 4], "other_group")
        drawn.switches["late"].append(code)
    drawn.switches["load"] = "soft"
    drawn.load_claim = {"evidence": {"kind": "balance"}}
    return drawn


def late_with_two() -> SmallDraw:
    """As ``two``, and Zambia joined afterwards: the reviews of it are no base duties."""
    drawn = two()
    drawn.states["ZMB"] = State("Zambia", REGIONS["A"], ["untoc"])
    drawn.review("ZMB", "CIV", "same_group")
    drawn.review("ZMB", "BEL", "other_group")
    drawn.switches["late"] = ["ZMB"]
    drawn.extra_claim = claim(1, "search")
    return drawn


def with_switches(base: Callable[[], SmallDraw], **switches: Any) -> Callable[[], SmallDraw]:
    """Give a draw of the same pairs under other switches."""

    def build() -> SmallDraw:
        drawn = base()
        drawn.switches.update(switches)
        return drawn

    return build
