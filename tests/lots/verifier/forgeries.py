"""Draws that break a rule, or claim what is not so, with every hash right: each with the lines that find it.

A line that ends with … may go on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.lots.small_draws import SmallDraw, claim, even, five, late, late_with_two, scarce, two
from tests.lots.verifier.papers import documents

FROM_SEED = "rule groups_from_seed: …"


@dataclass
class Forgery:
    """What is changed in a right draw, before all that follows from it is worked out."""

    name: str
    base: Callable[[], SmallDraw]
    change: Callable[[SmallDraw], Any]
    lines: tuple[str, ...]


def changes(*several: Callable[[SmallDraw], Any]) -> Callable[[SmallDraw], None]:
    """Make several changes, in order."""

    def change(drawn: SmallDraw) -> None:
        for each in several:
            each(drawn)

    return change


def switch(**switches: Any) -> Callable[[SmallDraw], None]:
    """Name other switches, and draw the same pairs."""
    return lambda drawn: drawn.switches.update(switches)


def move(under_review: str, old: str, new: str) -> Callable[[SmallDraw], None]:
    """Let another State do a review."""
    return lambda drawn: drawn.move(under_review, old, new)


def add(under_review: str, reviewer: str, role: str, instruments: str = "") -> Callable[[SmallDraw], None]:
    """Let one more State review."""
    return lambda drawn: drawn.review(under_review, reviewer, role, instruments)


def drop(under_review: str, reviewer: str) -> Callable[[SmallDraw], None]:
    """Leave a review out."""
    return lambda drawn: drawn.pairings.remove(drawn.pairing(under_review, reviewer))


def alter(under_review: str, reviewer: str, **members: Any) -> Callable[[SmallDraw], None]:
    """Say something else of a review."""
    return lambda drawn: drawn.pairing(under_review, reviewer).update(members)


def claim_no_proof(drawn: SmallDraw) -> None:
    """Claim what needs no prices, so that the claims are right whatever is changed."""
    drawn.extra_claim, drawn.load_claim = claim(0, "none_below_zero"), {"evidence": {"kind": "balance"}}


def groups_of(drawn: SmallDraw) -> dict[str, int]:
    """Give the groups that the seed gives, and keep them whatever follows."""
    drawn.groups = documents(drawn)["result.json"]["groups"]
    return drawn.groups


def swap(one: str, other: str) -> Callable[[SmallDraw], None]:
    """Let two States change their groups."""

    def change(drawn: SmallDraw) -> None:
        groups = groups_of(drawn)
        groups[one], groups[other] = groups[other], groups[one]

    return change


def deal_by_hand(*groups: str) -> Callable[[SmallDraw], None]:
    """Put these States into groups 1, 2 and 3."""
    return lambda drawn: setattr(
        drawn, "groups", {code: number for number, codes in enumerate(groups, 1) for code in codes.split()}
    )


def name_another_seed(drawn: SmallDraw) -> None:
    """Draw the groups until they please, and publish the seed that was announced."""
    groups_of(drawn)
    drawn.seed = "announced"


GROUPS = [
    Forgery(
        "uneven groups, even within each regional group",
        scarce,
        deal_by_hand("CIV DZA IND JPN AUT BEL", "GHA KEN KOR CAN", "MLI NPL DNK"),
        ("rule groups_even: all States: 6, 4 and 3 in groups 1, 2 and 3", FROM_SEED),
    ),
    Forgery(
        "even groups, uneven within a regional group",
        scarce,
        deal_by_hand("CIV DZA GHA IND AUT", "KEN JPN KOR BEL", "MLI NPL CAN DNK"),
        ("rule groups_stratified: African States: 3, 1 and 1 in groups 1, 2 and 3", FROM_SEED),
    ),
    Forgery(
        "two States change groups",
        even,
        swap("MAR", "MLI"),
        ("rule groups_from_seed: Morocco (MAR) is in group 2, not 1; Mali (MLI) is in group 1, not 2",),
    ),
    Forgery("another seed", even, name_another_seed, (FROM_SEED,)),
    Forgery(
        "a State joins late, and chooses its group",
        late,
        lambda drawn: groups_of(drawn).update(ZMB=1),
        ("rule groups_from_seed: Zambia (ZMB) is in group 1, not 3",),
    ),
    Forgery(
        "a volunteer is left where chance has put it",
        even,
        changes(groups_of, switch(volunteer=["NPL"])),
        (FROM_SEED,),
    ),
]


PAIRS = [
    Forgery(
        "an instrument without a reviewer",
        scarce,
        changes(claim_no_proof, drop("KEN", "BEL")),
        ("rule instruments_covered: Kenya (KEN) has 0 other_group reviewers (firearms)",),
    ),
    Forgery(
        "an instrument with two reviewers in a role",
        scarce,
        changes(switch(consent=["KEN"]), add("KEN", "CAN", "other_group", "firearms")),
        ("rule instruments_covered: Kenya (KEN) has 2 other_group reviewers (firearms)",),
    ),
    Forgery(
        "a reviewer from the regional group in the other role",
        even,
        move("IND", "DZA", "KOR"),
        ("rule roles: Korea, Republic of (KOR) reviews India (IND) as other_group",),
    ),
    Forgery(
        "a reviewer from another regional group in the role of the own",
        even,
        move("IND", "JPN", "MAR"),
        ("rule roles: Morocco (MAR) reviews India (IND) as same_group",),
    ),
    Forgery(
        "a State reviews itself",
        even,
        move("AUT", "BEL", "AUT"),
        ("rule roles: Austria (AUT) reviews Austria (AUT) as same_group",),
    ),
    Forgery(
        "an extra reviewer that has not joined",
        scarce,
        move("KEN", "BEL", "NPL"),
        ("rule reviewers_are_parties: Nepal (NPL) reviews Kenya (KEN) on firearms without having joined that",),
    ),
    Forgery(
        "two States review one another",
        even,
        move("MAR", "JPN", "NPL"),
        ("rule no_mutual_reviews: Morocco (MAR) reviews Nepal (NPL) and the other way round",),
    ),
    Forgery(
        "two States review one another, one by an extra duty",
        scarce,
        move("BEL", "GHA", "KEN"),
        ("rule no_mutual_reviews: Belgium (BEL) reviews Kenya (KEN) and the other way round",),
    ),
    Forgery(
        "a second base reviewer",
        scarce,
        changes(claim_no_proof, alter("KEN", "DZA", extra=False)),
        (
            "rule base_reviewers: Algeria (DZA) reviews Kenya (KEN) on tip, not on all that both have joined; "
            "Kenya (KEN) has 2 same_group reviewers (base)",
        ),
    ),
    Forgery(
        "no base reviewer",
        even,
        changes(claim_no_proof, alter("CAN", "KEN", extra=True)),
        (
            "rule base_reviewers: Canada (CAN) has 0 other_group reviewers (base)",
            "certificate.json: load: bound is 61, not from 61 to 60",
        ),
    ),
    Forgery(
        "a base reviewer that leaves something out",
        even,
        alter("IND", "DZA", instruments=["untoc", "som"]),
        (
            "rule instruments_covered: India (IND) has 0 other_group reviewers (tip)",
            "rule base_reviewers: Algeria (DZA) reviews India (IND) on untoc som, not on all that both have joined",
        ),
    ),
    Forgery(
        "an extra reviewer for what the State has not joined",
        even,
        changes(claim_no_proof, add("GHA", "NPL", "other_group", "tip")),
        ("rule extra_reviewers_fill_gaps: Nepal (NPL) reviews Ghana (GHA) on tip, where there is no gap",),
    ),
    Forgery(
        "an extra reviewer that takes from the base reviewer",
        scarce,
        alter("KEN", "BEL", instruments=["som", "firearms"]),
        (
            "rule instruments_covered: Kenya (KEN) has 2 other_group reviewers (som)",
            "rule extra_reviewers_fill_gaps: Belgium (BEL) reviews Kenya (KEN) on som firearms, where there is no gap",
        ),
    ),
    Forgery(
        "five reviewers without consent",
        five,
        switch(consent=["GHA"]),
        ("rule at_most_four: Kenya (KEN) has 5 reviewers without having consented",),
    ),
]


def defer_where_it_is_broken(drawn: SmallDraw) -> None:
    """Nepal defers, and the seed puts it into the group of Korea, which it reviews."""
    drawn.switches["defer"] = ["NPL"]
    for number in range(100):
        drawn.seed = f"seed {number}"
        groups = documents(drawn)["result.json"]["groups"]
        if groups["NPL"] == groups["KOR"]:
            return
    raise AssertionError("no seed does that")


SWITCHED = [
    Forgery("four reviews", even, move("NPL", "MAR", "DZA"), ("rule load: Algeria (DZA) reviews 4 States",)),
    Forgery("no review", even, move("CAN", "DNK", "AUT"), ("rule load: Denmark (DNK) reviews 0 States",)),
    Forgery(
        "four reviews, one of them of a State that joined late",
        late,
        move("ZMB", "CIV", "DZA"),
        ("rule load: Algeria (DZA) reviews 4 States",),
    ),
    Forgery(
        "two other-group duties of one State, none of another",
        two,
        move("LAO", "BEL", "CAN"),
        ("rule load: Belgium (BEL) reviews 1 States; Canada (CAN) reviews 3 States",),
    ),
    Forgery(
        "four reviews with the late one",
        late_with_two,
        move("ZMB", "BEL", "IND"),
        ("rule load: India (IND) reviews 4 States",),
    ),
    Forgery(
        "a late State reviews",
        late,
        move("NPL", "MAR", "ZMB"),
        ("rule load: Zambia (ZMB) reviews 1 States", "certificate.json: load: bound is 76, not from 76 to 74"),
    ),
    Forgery(
        "an excluded pair",
        scarce,
        switch(exclude=["AUT>BEL", "JPN>IND"]),
        ("rule exclusions: Japan (JPN) reviews India (IND) although that is excluded",),
    ),
    Forgery(
        "a review in the year of the own",
        even,
        defer_where_it_is_broken,
        ("rule deferral: Nepal (NPL) reviews Korea, Republic of (KOR) in its review year",),
    ),
]

BROKEN_RULES = [*GROUPS, *PAIRS, *SWITCHED]
