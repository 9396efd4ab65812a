"""What a file says is told apart by its headings, and a Word file of the portal comes back to the word; pure."""

from dataclasses import replace

import pytest
from django.utils import translation
from django.utils.translation import ngettext, pgettext

from core.documents.reading import read_written
from core.language.markdown import to_text
from observations.bringing.passages import AROUND, TITLE, TextPassage, numbered_anew, passages_of
from observations.bringing.places import KnownText
from observations.documents.docx import render_text_docx
from observations.texts.enums import ObservationKind, TextKind
from observations.wording.blueprint import Document, Passage, list_document, summary_document
from observations.wording.own_words import fixed_words, with_own_words
from tests.observations.documents.agreed_samples import TEXTS, agreed
from tests.observations.wording.blueprints import FACTS, LANGUAGES, fixed_texts, headings

pytestmark = pytest.mark.unit
LIST, SUMMARY = TextKind
_RESTS_ON = ("Rests on question %(codes)s", "Rests on questions %(codes)s")


def known_of(kind: TextKind) -> KnownText:
    words = []
    for name, code in LANGUAGES.items():
        with translation.override(code):
            words.append(fixed_words(kind, fixed_texts(kind, name), FACTS, headings(name)))
    rests_on, annexes = set(), set()
    for code in LANGUAGES.values():
        with translation.override(code):
            annexes.add(pgettext("of a document", "Annex"))
            for number in (1, 2, 3, 11):
                rests_on.add((ngettext(*_RESTS_ON, number) % {"codes": ""}).strip())
    return KnownText(
        kind=kind,
        words=words,
        articles={number: {"Criminalization"} for number in range(3, 12)},
        questions={"33 (a)": "I.tip.33.a", "5": "I.tip.5"},
        strangers={"algeria": "Algeria", "niger": "Niger", "法国": "France", "nigeria": "", "veskaria": ""},
        parties="Veskaria",
        rests_on=rests_on,
        annexes=annexes,
    )


def document_of(kind: TextKind, passages: list[Passage], name: str = "en") -> Document:
    build = list_document if kind == LIST else summary_document
    with translation.override(LANGUAGES[name]):
        facts = replace(FACTS, language=LANGUAGES[name])
        return build(fixed_texts(kind, name), facts, headings(name), passages)


def document_from(kind: TextKind, passages: list[TextPassage], name: str = "en") -> Document:
    sections: dict[str, list[str]] = {}
    for each in passages:
        if each.section and each.section not in {TITLE, AROUND}:
            sections.setdefault(each.section, []).append(each.text)
    title = next((each.text for each in passages if each.section == TITLE), "")
    observations = [
        Passage(ObservationKind(each.heading), each.articles, each.text, each.grounds)
        for each in passages
        if each.is_observation
    ]
    return with_own_words(document_of(kind, observations, name), sections, title)


def as_read(document: Document) -> Document:
    """With the words of experts as a reader sees them."""
    blocks = (replace(each, text=to_text(each.text)) if each.is_written else each for each in document.blocks)
    return replace(document, blocks=tuple(blocks))


def read(text: str, kind: TextKind = LIST) -> list[TextPassage]:
    return passages_of(read_written("a.md", text.encode()), known_of(kind))


def written(text: str, kind: TextKind = LIST) -> list[str]:
    return [each.text for each in read(text, kind) if each.is_observation]


@pytest.mark.parametrize("kind", TextKind)
@pytest.mark.parametrize("name", LANGUAGES)
def test_a_word_file_of_the_portal_comes_back_to_the_word(kind: TextKind, name: str) -> None:
    texts, grounds = TEXTS[LANGUAGES[name]]["passages"], ("I.tip.33.a", "I.tip.5") if kind == LIST else ()
    passages = [
        Passage(heading, (5,) if place % 2 == 0 else (3, 5 + place), text, () if place else grounds)
        for place, (heading, text) in enumerate(zip([*ObservationKind] * 2, texts, strict=False))
    ]
    first, known = document_of(kind, passages, name), known_of(kind)
    with translation.override(LANGUAGES[name]):
        content = render_text_docx(first, agreed(LANGUAGES[name]))
    found = passages_of(read_written("a.docx", content, known.notes), known)
    assert [each.problems for each in found if each.problems] == []
    assert as_read(document_from(kind, found, name)) == as_read(first)


def test_numbers_part_observations_and_lists_within_one_stay() -> None:
    text = (
        "# Suggestions\n\n## Article 5\n\n7. One:\n\n1. First\n2. Second\n\nMore.\n\n8. Two\n9. Three\n\n"
        "## Article 6\n\nNo number:\n\n1. First\n2. Second\n"
    )
    assert written(text) == [
        "One:\n\n1. First\n2. Second\n\nMore.",
        "Two",
        "Three",
        "No number:\n\n1. First\n2. Second",
    ]


def test_a_number_that_does_not_count_paragraphs_of_the_file_is_of_the_text() -> None:
    year = "2003 – The Law on X entered into force."
    numbered = f"7. One\n\n8. Two\n\n## Article 6\n\n{year}\n\n2004 – It was amended.\n\n## Article 7\n\n9. Three\n"
    assert written(f"# Suggestions\n\n## Article 4\n\n{year}\n\n## Article 5\n\n{numbered}") == [
        *(year, "One", "Two", f"{year}\n\n2004 – It was amended.", "Three"),
    ]
    assert written("# Suggestions\n\n## Article 5\n\n7. One\n\n## Article 6\n\n12) of the Code\n") == [
        *("One", "12) of the Code"),
    ]


def test_a_number_before_a_remark_that_says_nothing_is_counted_all_the_same() -> None:
    for first in (5, 9):
        text = (
            f"# Gaps and challenges\n\n## Article 5\n\n{first}. One\n\n"
            f"# Best practices\n\n{first + 1}. No observations under this heading.\n\n"
            f"# Suggestions\n\n## Article 5\n\n{first + 2}. Two\n\n{first + 3}. Three\n"
        )
        found = [(each.number, each.text) for each in read(text) if each.is_observation]
        assert found == [(first, "One"), (first + 2, "Two"), (first + 3, "Three")]


def test_numbers_that_begin_anew_below_a_heading_are_numbers_as_well() -> None:
    text = "# Suggestions\n\n## Article 5\n\n1. One\n\n2. Two\n\n## Article 6\n\n1. Three\n\n2. Four\n"
    assert [(each.number, each.text) for each in read(text)] == [(1, "One"), (2, "Two"), (1, "Three"), (2, "Four")]


@pytest.mark.parametrize("mark", ["、", ".", "．", ")", "）", "、 "])
def test_chinese_numbers_part_observations_without_a_blank(mark: str) -> None:
    text = f"# Suggestions\n\n## 第5、6条\n\n7{mark}修订刑法。\n\n8{mark}加强合作。\n"
    found = [(each.articles, each.number, each.text) for each in read(text)]
    assert found == [((5, 6), 7, "修订刑法。"), ((5, 6), 8, "加强合作。")]
    assert written("# Suggestions\n\n## 第5条\n\n7、8号法律已修订。\n") == ["7、8号法律已修订。"]


def test_a_paragraph_keeps_its_number_or_has_another_one() -> None:
    def is_numbered_anew(text: str) -> bool:
        found = read(text)
        return numbered_anew(found, document_from(LIST, found))

    twice = "# Suggestions\n\n## Article 5\n\n{0}. The same.\n\n{1}. Words.\n\n## Article 6\n\n{2}. The same.\n"
    assert not is_numbered_anew(twice.format(7, 8, 9))
    assert is_numbered_anew(twice.format(8, 9, 10))
    assert is_numbered_anew("# Suggestions\n\n## Article 6\n\n7. B\n\n## Article 5\n\n8. A\n")
    assert not is_numbered_anew("# Suggestions\n\n## Article 6\n\nB\n\n## Article 5\n\nA\n")


@pytest.mark.parametrize(
    "heading",
    [
        *("A. Best practices", "(b) Best practices", "b) Best practices", "أفضل الممارسات"),
        *("Meilleures pratiques", "Mejores prácticas", "Передовая практика", "最佳做法"),
    ],
)
def test_a_heading_is_known_in_each_language_and_with_its_letter(heading: str) -> None:
    (found,) = read(f"# {heading}\n\n## Article 5\n\nWords.")
    assert (found.heading, found.articles, found.problems) == ("best_practice", (5,), {})


@pytest.mark.parametrize(
    ("heading", "articles"),
    [
        ("Article 5", (5,)),
        ("ARTICLES 5, 6 AND 8", (5, 6, 8)),
        ("Articles 5, 6, and 8", (5, 6, 8)),
        ("Article 5: Criminalization", (5,)),
        ("المادة 5", (5,)),
        ("المادتان 5 و6", (5, 6)),
        ("المواد 5 و6 و8", (5, 6, 8)),
        ("Artículos 5 y 6", (5, 6)),
        ("Статьи 5 и 6", (5, 6)),
        ("第5条", (5,)),
    ],
)
def test_articles_are_known_in_each_language(heading: str, articles: tuple[int, ...]) -> None:
    (found,) = read(f"# Suggestions\n\n## {heading}\n\nWords.")
    assert (found.articles, found.problems) == (articles, {})


@pytest.mark.parametrize("kind", TextKind)
def test_the_larger_heading_holds_for_those_below_it(kind: TextKind) -> None:
    by_articles = (
        "# Article 5\n\n## Suggestions\n\nA.\n\n## Best practices\n\nB.\n\n# Article 6\n\n## Suggestions\n\nC.\n"
    )
    places = [(each.articles, each.heading) for each in read(by_articles, kind)]
    assert places == [((5,), "suggestion"), ((5,), "best_practice"), ((6,), "suggestion")]
    by_headings = "# Suggestions\n\n## Article 5\n\nA.\n\n## Article 6\n\nB.\n"
    assert [(each.articles, each.heading) for each in read(by_headings, kind)] == [
        ((5,), "suggestion"),
        ((6,), "suggestion"),
    ]


def test_own_words_take_the_place_of_the_blueprints_and_leave_the_other_parts() -> None:
    blueprint = document_of(LIST, [Passage(ObservationKind.SUGGESTION, (5,), "Words.")])
    process = "# II. Process\n\n1. Led by Ms. Quandorf.\n\n2. It took a year.\n\n"
    found = read(f"{process}# Suggestions\n\n## Article 5\n\nWords.\n")
    document = document_from(LIST, found)
    own = [block for block in document.blocks if block.is_written]
    assert [block.text for block in own] == ["Led by Ms. Quandorf.", "It took a year.", "Words."]
    assert "Quandorf" not in "".join(block.public_text for block in own)
    assert [bool(block.public_text) for block in own] == [True, True, False]
    numbers = [block.number for block in document.blocks if block.kind == "paragraph"]
    assert numbers == list(range(1, len(numbers) + 1))
    assert document.blocks[:5] == blueprint.blocks[:5]


def test_a_state_is_known_by_its_whole_name() -> None:
    known = known_of(LIST)
    assert known.stranger_in("Review by Nigeria of Veskaria") == ""
    assert known.stranger_in("Review by Niger of Veskaria") == "Niger"
    assert known.stranger_in("关于法国的意见清单") == "France"


def test_the_public_version_says_the_blueprints_words_once_and_marks_what_is_left_out() -> None:
    process = "# II. Process\n\n1. Led by Ms. Quandorf.\n\n2. %s\n\n3. With Mr. Ostrava.\n\n"
    observation = "# Suggestions\n\n## Article 5\n\nWords.\n"
    blueprint = document_of(LIST, [Passage(ObservationKind.SUGGESTION, (5,), "Words.")])
    unnamed = next(block.public_text for block in blueprint.blocks if block.public_text)
    for second, shown in (("It took a year.", [unnamed, "[…]", "[…]"]), (unnamed, ["[…]", "", "[…]"])):
        document = document_from(LIST, read(process % second + observation))
        own = [block for block in document.blocks if block.is_written]
        assert [block.public_text for block in own[:3]] == shown
