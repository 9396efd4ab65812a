"""The file of translators' tools: written, read with care, and the same byte for byte when it is written again."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from core.documents.xliff import XliffFile, XliffUnit, read_xliff, write_xliff
from core.errors import ServiceError

pytestmark = pytest.mark.unit
_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=40)
_UNITS = st.lists(
    st.builds(
        XliffUnit, key=st.uuids().map(lambda key: f"s{key.hex}"), source=_TEXT.filter(str.strip), note=st.just("Title")
    ),
    unique_by=lambda unit: unit.key,
    max_size=5,
)


@given(_UNITS, st.lists(_TEXT.filter(str.strip), min_size=5, max_size=5), st.sampled_from(["ar", "zh-hans", "fr"]))
def test_a_file_that_is_read_and_written_again_is_the_same_byte_for_byte(
    units: list, targets: list, language: str
) -> None:
    units = [
        replace(unit, target=target, is_final=bool(number % 2))
        for number, (unit, target) in enumerate(zip(units, targets, strict=False))
    ]
    file = XliffFile("key", "1-XVE/UNTOC/S v2", "en", language, [("sha256", "ab"), ("description", "<&>")], units)
    content = write_xliff(file)
    assert read_xliff(content) == file
    assert write_xliff(read_xliff(content)) == content


_START = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr">'


def test_what_a_tool_has_divided_is_one_again() -> None:
    content = f"""{_START}<file id="f"><group id="g"><unit id="s1"><segment><source>One. </source>
        <target>Un. </target></segment><ignorable><source>  </source></ignorable><segment><source>Two.</source>
        <target><pc id="1">Deux</pc>.</target></segment></unit></group></file></xliff>"""
    assert [(unit.source, unit.target) for unit in read_xliff(content.encode()).units] == [
        ("One.   Two.", "Un.   Deux.")
    ]


_MANY = "".join(f'<unit id="s{number}"/>' for number in range(5_001))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "This is no XLIFF file"),
        ("<a/>", "This is no XLIFF file"),
        ("%PDF-1.7", "This is no XLIFF file"),
        ('<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "This is XLIFF 1.2"),
        (f'<!DOCTYPE x [<!ENTITY a "b">]>{_START}<file id="f">&a;</file></xliff>', "declares a document type"),
        (f'<!DOCTYPE x SYSTEM "file:///etc/passwd">{_START}<file id="f"/></xliff>', "declares a document type"),
        (f"{_START}</xliff>", "holds 0 documents"),
        (f'{_START}<file id="a"/><file id="b"/></xliff>', "holds 2 documents"),
        (f'{_START}<file id="a"><unit id="s"/><unit id="s"/></file></xliff>', "stands in the file twice"),
        (f'{_START}<file id="a">{" " * 5_000_000}</file></xliff>', "larger than 5 MB"),
        (f'{_START}<file id="a">{_MANY}</file></xliff>', "too many segments"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_in_words(content: str, words: str) -> None:
    with pytest.raises(ServiceError, match=words) as refused:
        read_xliff(content.encode())
    assert refused.value.field == "file"
