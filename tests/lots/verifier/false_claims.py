"""Certificates that claim what is not so of a right draw, with every hash right: each with the line that finds it."""

from collections.abc import Callable
from typing import Any

from tests.lots.small_draws import SmallDraw, claim, even, five, late, prices, scarce, two
from tests.lots.verifier.forgeries import Forgery, changes

EXTRA, LOAD = "certificate.json: extra_reviewers: ", "certificate.json: load: "


def claims(extra: dict[str, Any] | None = None, load: dict[str, Any] | None = None) -> Callable[[SmallDraw], None]:
    """Claim something else of the extra reviewers, or of the load."""

    def change(drawn: SmallDraw) -> None:
        drawn.extra_claim |= extra or {}
        drawn.load_claim |= load or {}

    return change


def load_evidence(**members: Any) -> Callable[[SmallDraw], None]:
    """Change the evidence of the load."""
    return lambda drawn: drawn.load_claim["evidence"].update(members)


def extra_evidence(**members: Any) -> Callable[[SmallDraw], None]:
    """Change the evidence of the extra reviewers."""
    return lambda drawn: drawn.extra_claim["evidence"].update(members)


def load_price(role: str, code: str, price: Any) -> Callable[[SmallDraw], None]:
    """Ask another price."""
    return lambda drawn: drawn.load_claim["evidence"]["prices"][role].update({code: price})


def without_price(drawn: SmallDraw) -> None:
    """Name no price for one duty."""
    del drawn.load_claim["evidence"]["prices"]["other_group"]["AUT"]


ZERO = {"prices": prices(even().states, same={}, other={})["prices"]}
MARGINAL = {code: 5 if state.region == "African States" else 3 for code, state in scarce().states.items()}
SCARCE_LOAD = prices(MARGINAL, same=MARGINAL, other=MARGINAL, extra_weight=2)
NOT_A_PRICE = LOAD + "pair_prices has a price below zero, or two for a pair"
KIND = "evidence, kind is {}, not one of those allowed"
FALSE_CLAIMS = [
    Forgery("fewer extra reviewers", scarce, claims(extra={"number": 1}), (EXTRA + "it, number is 1, not 2",)),
    Forgery("less load", even, claims(load={"sum_of_squares": 59}), (LOAD + "it, sum_of_squares is 59, not 60",)),
    Forgery("too high a bound", scarce, claims(extra={"bound": 3}), (EXTRA + "bound is 3, but by prices it is 2",)),
    Forgery("too low a bound", even, claims(load={"bound": 59}), (LOAD + "bound is 59, but by prices it is 60",)),
    Forgery("a false balance", scarce, claims(load={"bound": 66}), (LOAD + "bound is 66, but by balance it is 62",)),
    Forgery(
        "a bound below zero",
        late,
        claims(extra={"bound": -1}),
        (EXTRA + "bound is -1, but by none_below_zero it is 0",),
    ),
    Forgery("proof kept secret", even, claims(load={"proved": False}), (LOAD + "proved is False, not True",)),
    Forgery("proof that is none", scarce, claims(load={"proved": True}), (LOAD + "proved is True, not False",)),
    Forgery("prices that prove nothing", even, load_evidence(**ZERO), (LOAD + "bound is 60, but by prices it is 14",)),
    Forgery(
        "prices that prove less than balance",
        even,
        changes(load_evidence(**ZERO), claims(load={"bound": 14})),
        (LOAD + "bound is 14, not from 56 to 60",),
    ),
    Forgery(
        "prices that nobody would pay",
        two,
        lambda drawn: drawn.extra_claim["evidence"]["prices"]["other_group"].update(IND=5, JPN=5, KOR=5),
        (EXTRA + "bound is 1, but by prices it is -11",),
    ),
    Forgery(
        "a load that nobody could pay for",
        even,
        changes(load_price("same_group", "AUT", 900), load_price("other_group", "AUT", 900)),
        (LOAD + "bound is 60, but by prices it is -199",),
    ),
    Forgery(
        "a price below zero where the State could have an extra duty alone",
        five,
        lambda drawn: [price.update(NPL=-1) for price in drawn.extra_claim["evidence"]["prices"].values()],
        (EXTRA + "bound is 3, but by prices it is -4",),
    ),
    Forgery(
        "a load that counts the extra reviewers",
        scarce,
        claims(load=claim(62, "prices", **SCARCE_LOAD)),
        (LOAD + "bound is 62, but by prices it is 58",),
    ),
    Forgery(
        "a pair price below zero beside another one",
        even,
        load_evidence(pair_prices=[["AUT", "GHA", -9], ["AUT", "KEN", 9]]),
        (NOT_A_PRICE,),
    ),
    Forgery(
        "no weight for extra reviewers",
        even,
        load_evidence(extra_weight=0),
        (LOAD + "bound is 60, but by prices it is 44",),
    ),
    Forgery("a pair price below zero", even, load_evidence(pair_prices=[["AUT", "GHA", -99]]), (NOT_A_PRICE,)),
    Forgery(
        "two prices of a pair",
        even,
        load_evidence(pair_prices=[["AUT", "GHA", 0], ["GHA", "AUT", 9]]),
        (NOT_A_PRICE,),
    ),
    Forgery(
        "a useless pair price",
        even,
        load_evidence(pair_prices=[["AUT", "CIV", 9]]),
        (LOAD + "bound is 60, but by prices it is 59",),
    ),
    Forgery(
        "a pair price of a stranger",
        even,
        load_evidence(pair_prices=[["AUT", "XXX", 0]]),
        (LOAD + "evidence, pair_prices, 1, 2 is XXX, not one of those allowed",),
    ),
    Forgery(
        "a pair price of one State",
        even,
        load_evidence(pair_prices=[["AUT", 0]]),
        (LOAD + "evidence, pair_prices, 1: missing key 3",),
    ),
    Forgery("a scale of zero", even, load_evidence(scale=0), (LOAD + "scale 0 or extra_weight 2 is wrong",)),
    Forgery("a scale below zero", even, load_evidence(scale=-10), (LOAD + "scale -10 or extra_weight 2 is wrong",)),
    Forgery(
        "a weight below zero", even, load_evidence(extra_weight=-1), (LOAD + "scale 10 or extra_weight -1 is wrong",)
    ),
    Forgery(
        "a weight that counts double",
        scarce,
        extra_evidence(extra_weight=2),
        (EXTRA + "scale 1 or extra_weight 2 is wrong",),
    ),
    Forgery(
        "two prices for the duties of a State",
        even,
        load_price("other_group", "AUT", 31),
        (LOAD + "Austria (AUT) has different prices in the two roles",),
    ),
    Forgery(
        "a price that is a text",
        even,
        load_price("same_group", "AUT", "3"),
        (LOAD + "evidence, prices, same_group, AUT must be of type int, is 3",),
    ),
    Forgery(
        "a price that is no whole number",
        even,
        load_price("same_group", "AUT", 30.0),
        (LOAD + "evidence, prices, same_group, AUT must be of type int, is 30.0",),
    ),
    Forgery(
        "a price that is true",
        even,
        load_price("same_group", "AUT", True),
        (LOAD + "evidence, prices, same_group, AUT must be of type int, is True",),
    ),
    Forgery("a missing price", even, without_price, (LOAD + "evidence, prices, other_group: missing key AUT",)),
    Forgery(
        "a price of a stranger",
        even,
        load_price("same_group", "XXX", 0),
        (LOAD + "evidence, prices, same_group: unknown key XXX",),
    ),
    Forgery(
        "a price of a late State",
        late,
        changes(claims(load=even().load_claim), load_price("same_group", "ZMB", 0)),
        (LOAD + "evidence, prices, same_group: unknown key ZMB",),
    ),
    Forgery("unknown evidence", scarce, claims(load={"evidence": {"kind": "oath"}}), (LOAD + KIND.format("oath"),)),
    Forgery(
        "evidence for something else", scarce, claims(extra=claim(2, "balance")), (EXTRA + KIND.format("balance"),)
    ),
    Forgery(
        "nothing for the load", even, claims(load=claim(0, "none_below_zero")), (LOAD + KIND.format("none_below_zero"),)
    ),
    Forgery("evidence that is a list", scarce, claims(load={"evidence": []}), (LOAD + "evidence must be an object",)),
    Forgery("a kind that is a list", scarce, claims(load={"evidence": {"kind": []}}), (LOAD + KIND.format("[]"),)),
    Forgery("evidence without a kind", scarce, claims(load={"evidence": {}}), (LOAD + "evidence: missing key kind",)),
    Forgery(
        "evidence with more",
        scarce,
        claims(load={"evidence": {"kind": "balance", "x": 1}}),
        (LOAD + "evidence: unknown key x",),
    ),
    Forgery(
        "a search that found too much",
        scarce,
        claims(extra=claim(3, "search")),
        (EXTRA + "bound is 3, not from 0 to 2",),
    ),
    Forgery(
        "a search that found less than balance",
        scarce,
        claims(load=claim(61, "search")),
        (LOAD + "bound is 61, not from 62 to 66",),
    ),
]
