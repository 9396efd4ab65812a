"""Which words are abbreviations, and whether a text says what they stand for; in the scripts that have capitals."""

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given, strategies as st

from observations.hints.abbreviations import abbreviations_in

pytestmark = pytest.mark.unit


def found(text: str) -> list[tuple[str, bool]]:
    return [(use.key, use.is_explained) for use in abbreviations_in(text)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Requests go to the FIU and to the MoJ.", ["FIU", "MoJ"]),
        ("Several NGOs and an MP", ["NGO", "MP"]),
        ("Запросы направляются в МВД.", ["МВД"]),
        ("Η ΕΛΑΣ συνεργάζεται.", ["ΕΛΑΣ"]),
        ("selon l’ONUDC", ["ONUDC"]),
        ("con los EE.UU. y los EE. UU.", ["EEUU", "EEUU"]),
        ("the U.S.A. and R&D", ["USA", "R&D"]),
        ("向UNODC提交", ["UNODC"]),
        ("تقدم إلى FIU", ["FIU"]),
    ],
)
def test_words_in_capitals_are_abbreviations(text: str, keys: list[str]) -> None:
    assert [key for key, _explained in found(text)] == keys


@pytest.mark.parametrize(
    "text",
    [
        "article 8, annex II, phase XIV", "статья XIX, век ХІХ", "The State A", "Mr McDonald and Ms DiCaprio",
        "CTOC/COP/2020/10", "https://www.UNODC.org/ABC", "somebody@MOJ.example", "J.R. Smith", "G20",
        "THE LAW OF 2010 ON ORGANIZED CRIME", "CRIMINALIZATION", "联合国毒品和犯罪问题办公室", "وحدة التحريات المالية",
    ],
)  # fmt: skip
def test_other_capitals_are_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "the Financial Intelligence Unit (FIU) acts", "the Financial Intelligence Unit (“FIU”)",
        "the Unit (hereinafter referred to as the “FIU”)", "the Financial Intelligence Unit (FIU, in Xal)",
        "FIU (Financial Intelligence Unit)", "financial units (FIUs)", "l’Unité (ci-après « FIU »)",
        "la Unidad (en adelante, FIU)", "подразделение (далее — FIU)", "وحدة التحريات المالية (FIU)",
        "金融情报机构（FIU）", "金融情报机构（以下简称FIU）", "FIU（金融情报机构）", "the Unit [FIU]",
    ],
)  # fmt: skip
def test_what_stands_beside_its_words_is_explained(text: str) -> None:
    assert found(text) == [("FIU", True)]


@pytest.mark.parametrize(
    "text",
    [
        "the FIU acts", "(FIU)", "as was said (see FIU)", "the law (FIU report)", "FIU (2020)",
        "FIU acts (in most cases)", "the unit (section 4, FIU)", "the FIU: a Financial Intelligence Unit",
    ],
)  # fmt: skip
def test_what_stands_elsewhere_is_not(text: str) -> None:
    assert found(text) == [("FIU", False)]


def test_two_are_explained_in_the_same_brackets() -> None:
    assert found("money-laundering and terrorism (AML/CFT)") == [("AML", True), ("CFT", True)]


ARABIC_OR_HAN = st.text(st.characters(categories=["Lo", "Nd", "Zs", "Po"]).filter(lambda sign: sign >= "\u0600"))


@given(ARABIC_OR_HAN)
def test_scripts_without_capitals_have_none(text: str) -> None:
    assert found(text) == []


@given(st.text())
@example("(((((A.B.C.)))")
def test_any_text_can_be_read(text: str) -> None:
    for key, _explained in found(text):
        assert len(key) >= 2
        assert sum(sign.isupper() for sign in key) >= 2


@given(st.text(st.characters(categories=["Ll", "Zs", "Po"])))
def test_small_letters_are_never_one(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("part", ["AB of it ()", "AB to go (a). ", "AB CD EF GH. ", "(AB) ", "A.B.C. "])
def test_what_is_ten_times_as_long_does_not_take_a_hundred_times_the_steps(part: str) -> None:
    """Counted in lines that are run, which does not hang on the machine."""
    short, long = (steps_to_read(part * number) for number in (50, 500))
    assert long < 15 * short


def steps_to_read(text: str) -> int:
    steps = 0

    def count(_frame: FrameType, _event: str, _arg: object) -> Any:
        nonlocal steps
        steps += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        list(abbreviations_in(text))
    finally:
        sys.settrace(before)
    return steps
