"""The tool that makes the fixtures: what it reads and refuses, and that the committed files are its work."""

from pathlib import Path

import pytest

from tools.questionnaires import build, overrides
from tools.questionnaires.assemble import section_slug
from tools.questionnaires.citations import find_citations, heading_articles
from tools.questionnaires.condition_parser import ConditionParser, ConditionSourceError, ItemOptions
from tools.questionnaires.parser import ParseError, next_number, parse_annex

YES_NO = ("Yes", "No")
ANNEX = """Annex III

Title – Cluster I

General guidance for replying to the questionnaire

- First half

and second half.

I. United Nations Convention against Transnational Organized Crime

Cluster I: things (art. 2 of the Convention)

Article 2. Use of terms¹

{body}

¹ A note.
"""


def test_the_committed_fixtures_are_what_the_source_gives() -> None:
    assert build.main(["--check"]) == 0


def test_a_changed_fixture_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "source").symlink_to(build.FOLDER / "source")
    monkeypatch.setattr(build, "FOLDER", tmp_path)
    (tmp_path / "questionnaires").mkdir()
    assert build.main([]) == 0
    changed = tmp_path / "questionnaires" / "cluster-2.json"
    changed.write_text(changed.read_text(encoding="utf-8").replace("witnesses", "witness", 1), encoding="utf-8")
    (tmp_path / "questionnaires" / "cluster-3.json").unlink()
    assert build.main(["--check"]) == 1
    assert "cluster-2.json, cluster-3.json" in capsys.readouterr().err


def test_settled_conditions_quote_the_official_words() -> None:
    contents = "".join(content for _, content in build.built_fixtures())
    for code in (*overrides.CONDITIONS, *overrides.FORGOTTEN_BOXES, *overrides.SELF_ASSESSED):
        assert f'"code": "{code}"' in contents


def test_page_breaks_are_joined_and_footnotes_taken_out() -> None:
    body = "1. Does your country, in the\n\n¹ A note.\n\nmiddle of a question, agree?\n\n☐ Yes ☐ No"
    annex = parse_annex(ANNEX.format(body=body))
    assert annex.guidance == ["First half and second half."]
    assert annex.footnotes == {"1": "A note."}
    section = annex.parts[0].sections[0]
    assert (section.heading, section.marks) == ("Article 2. Use of terms", ["1"])
    assert section.items[0].text == "Does your country, in the middle of a question, agree?"
    assert section.items[0].options == ["Yes", "No"]


def test_a_stray_bullet_is_refused() -> None:
    with pytest.raises(ParseError, match="stray words"):
        parse_annex(ANNEX.format(body="1. Question?\n\n- stray words"))


@pytest.mark.parametrize(
    ("last", "token", "number"),
    [
        (("3",), "a", ("3", "a")),
        (("3", "a"), "i", ("3", "a", "i")),
        (("3", "a", "i"), "b", ("3", "b")),
        (("8", "b", "iv"), "v", ("8", "b", "v")),
        (("37", "h"), "i", ("37", "i")),
        (("38", "i"), "j", ("38", "j")),
        (("89",), "i", ("89", "i")),
        (("89", "i"), "a", ("89", "a")),
        (("69", "a", "i", "–1"), "ii", ("69", "a", "ii")),
        (("75", "–3"), "a", ("75", "a")),
    ],
)
def test_numbers_follow_each_other_as_printed(last: tuple[str, ...], token: str, number: tuple[str, ...]) -> None:
    assert next_number(last, token) == number


@pytest.mark.parametrize(("last", "token"), [(("3",), "b"), (("3", "a"), "c"), (("3", "a", "i"), "iii")])
def test_a_gap_in_the_numbering_is_refused(last: tuple[str, ...], token: str) -> None:
    with pytest.raises(ParseError, match="cannot follow"):
        next_number(last, token)


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("(art. 5, para. 1 (a) (i))?", [("untoc", "5", "1 (a) (i)")]),
        ("art. 6, paras. 2 (a) and (b)", [("untoc", "6", "2 (a)"), ("untoc", "6", "2 (b)")]),
        ("art. 6, paras. 1 (a) (i)–(ii)", [("untoc", "6", "1 (a) (i)–(ii)")]),
        ("article 18, paragraphs 21 (a) to (d)?", [("untoc", "18", "21 (a)–(d)")]),
        ("articles 5, 6 and 23 of the Convention and", [("untoc", n, None) for n in ("5", "6", "23")]),
        ("art. 2 (e)) derived from", [("untoc", "2", "(e)")]),
        ("(art. 11 para. 4)", [("untoc", "11", "4")]),
        ("article 18 of the Convention, including paragraphs 9 to 29 thereof", [
            ("untoc", "18", None),
            ("untoc", "18", "9–29"),
        ]),
        ("art. 13, paras. 3 and 7, and art. 18, para. 21", [
            ("untoc", "13", "3"),
            ("untoc", "13", "7"),
            ("untoc", "18", "21"),
        ]),
        ("the relevant acts and article numbers (art. 6) and art. 6", [("untoc", "6", None)]),
    ],
)  # fmt: skip
def test_citations(words: str, cited: list[tuple[str, str, str | None]]) -> None:
    found = find_citations(words, "untoc")
    assert [(citation["instrument"], citation["article"], citation["para"]) for citation in found] == cited


def test_a_citation_may_name_another_instrument() -> None:
    words = "(art. 34, para. 3, of the Convention, in conjunction with art. 1, para. 2, of the Firearms Protocol)"
    assert find_citations(words, "firearms") == [
        {"instrument": "untoc", "article": "34", "para": "3"},
        {"instrument": "firearms", "article": "1", "para": "2"},
    ]
    assert find_citations("article 6 of the Protocol", "som")[0]["instrument"] == "som"


def test_headings_name_their_articles() -> None:
    heading = "Article 3, Use of terms, article 5, Criminal liability of migrants, and article 6, Criminalization"
    assert heading_articles(heading) == ["3", "5", "6"]
    assert section_slug(heading) == "articles-3-5-6"
    assert section_slug("Difficulties encountered") == "difficulties-encountered"


def condition_parser() -> ConditionParser:
    numbers = [("1",), ("2",), ("2", "a"), ("2", "b"), ("2", "b", "i"), ("2", "b", "ii"), ("3",)]
    places = [ItemOptions(number, () if number == ("2", "b") else YES_NO) for number in numbers]
    return ConditionParser(places, {number: ".".join(number) for number in numbers})


@pytest.mark.parametrize(
    ("number", "text", "joint", "codes"),
    [
        (("2", "a"), "If the answer is “Yes”, please explain.", "in", ["2"]),
        (("2",), "If yes, please explain.", "in", ["1"]),
        (("3",), "If the answer to question 1 or 2 is “Yes”, go on.", "any", ["1", "2"]),
        (
            ("3",),
            "If the answer to question 2 (a) and (b) is “Yes”, go on.",
            "all",
            ["2.a", "2.b.i", "2.b.ii"],
        ),
        (
            ("3",),
            "If the answer to any of the questions 2 (b) (i)–(ii) is “No”, go on.",
            "any",
            ["2.b.i", "2.b.ii"],
        ),
    ],
)
def test_condition_words(number: tuple[str, ...], text: str, joint: str, codes: list[str]) -> None:
    tree = condition_parser().parse(number, text)
    assert tree is not None
    assert tree["op"] == joint
    branches = tree.get("of", [tree])
    assert isinstance(branches, list)
    assert [branch["code"] for branch in branches] == codes
    assert text.startswith(str(tree["source"]))


def test_other_words_set_no_condition() -> None:
    assert condition_parser().parse(("3",), "Please explain. If the answer is “Yes”, cite the law.") is None
    assert condition_parser().parse(("3",), "If needed, please explain.") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("If the answer to question 9 is “Yes”, go on.", "there is no item 9"),
        ("If the answer to question 1 is “Yes, in part”, go on.", "the words say"),
    ],
)
def test_conditions_on_what_is_not_there_are_refused(text: str, message: str) -> None:
    with pytest.raises(ConditionSourceError, match=message):
        condition_parser().parse(("3",), text)
