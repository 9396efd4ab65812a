"""Nominations as a spreadsheet: what is read, and what is refused in words; no bytes do anything else."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given, strategies as st

from core.errors import ServiceError
from core.files.spreadsheet_reading import MOST_ROWS
from core.language.text import one_line
from core.language.unseen import without_unseen
from reviews.cases.enums import Side
from reviews.nominations.naming import Circumstances, Naming, NamingPlace, Seat
from reviews.nominations.sheet import COLUMNS, checked, read_sheet
from tests.reviews.nominations.notes import ANA, KEYS, csv_of, named, workbook

pytestmark = pytest.mark.unit
ROW = ("1-XVE", "governmental_expert", "Ana Zorić", "ana@veskaria.example", "Prosecutor", "Prosecutor General")
FULL = (*ROW, "+43 1 26060", "fr")
LINE = ",".join(FULL)
STATE, OTHER = "state", "other"


def circumstances(*seats: Seat, side: Side = Side.UNDER_REVIEW) -> Circumstances:
    return Circumstances("Veskaria", STATE, {"1-XVE": NamingPlace(side, seats)})


def seat(email: str = "old@x.example", role: str = "focal_point", state: str = STATE) -> Seat:
    return Seat("p1", state, role, email, "Old Hand")


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(ServiceError) as error:
        read_sheet(name, content)
    assert error.value.field == "file"
    return str(error.value)


def test_a_workbook_is_read() -> None:
    (row,) = read_sheet("people.xlsx", workbook(FULL))
    assert (row.line, row.naming, dict(row.problems)) == (2, ANA, {})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_is_read_in_its_encodings_and_with_its_separators(encoding: str, separator: str) -> None:
    text = "\r\n".join(separator.join(line) for line in (KEYS, FULL))
    (row,) = read_sheet("people.CSV", text.encode(encoding))
    assert (row.line, row.naming, dict(row.problems)) == (2, ANA, {})


def test_the_line_that_names_the_separator_counts() -> None:
    (row,) = read_sheet("people.csv", b"sep=;\r\n" + ";".join(KEYS).encode() + b"\r\n" + ";".join(FULL).encode())
    assert (row.line, row.naming) == (3, ANA)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_words_of_any_language_of_the_pages_are_understood(language: str) -> None:
    with translation.override(language):
        labels = [str(label) for label in COLUMNS.values()]
    with translation.override("en" if language == "ar" else "ar"):
        rows = read_sheet("people.xlsx", workbook(labels, ("1-xve ", "Focal  Point", *FULL[2:7], "Français")))
    (row,) = rows
    assert (row.line, row.naming, dict(row.problems)) == (3, named(role="focal_point"), {})


def test_columns_may_stand_in_any_order_and_some_may_be_missing() -> None:
    header = ("email", "full_name", "review", "role")
    (row,) = read_sheet("people.xlsx", workbook(("A@B.example", "Bo", "1-XVE", "observer"), header=header))
    assert row.naming == Naming(review="1-XVE", role="observer", email="a@b.example", full_name="Bo")


def test_empty_rows_are_passed_over_and_lines_keep_their_number() -> None:
    rows = read_sheet("people.xlsx", workbook((), FULL, ("", " "), FULL))
    assert [row.line for row in rows] == [3, 5]


def test_numbers_are_read_as_text() -> None:
    (row,) = read_sheet("people.xlsx", workbook((*ROW, 4312606, "en")))
    assert row.naming.phone == "4312606"


@pytest.mark.parametrize("beginning", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example","a")'])
def test_what_looks_like_a_formula_is_text_and_is_never_worked_out(beginning: str) -> None:
    cells = ";".join(("1-XVE", "observer", "Bo", "bo@x.example", f'"{beginning.replace(chr(34), chr(34) * 2)}"'))
    (row,) = read_sheet("people.csv", csv_of(cells, header="review;role;full_name;email;job_title"))
    assert row.naming.job_title == beginning


def test_of_a_formula_only_the_value_that_the_file_holds_is_read() -> None:
    (row,) = read_sheet("people.xlsx", workbook(("1-XVE", "observer", "=1+1", "bo@x.example")))
    assert dict(row.problems) == {"full_name": "Enter the name."}


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"review": ""}, {"review": "Enter the code of the review."}),
        ({"role": ""}, {"role": "Choose the role."}),
        ({"role": "king"}, {"role": "“king” is no role. The second sheet of the template lists them."}),
        ({"full_name": ""}, {"full_name": "Enter the name."}),
        ({"email": ""}, {"email": "Enter the e-mail address."}),
        ({"email": "ana"}, {"email": "This is not an e-mail address. It looks like name@ministry.example."}),
        ({"language": "klingon"}, {"language": "“klingon” is none of the six languages of the United Nations."}),
        ({"full_name": "n" * 151}, {"full_name": "This is 151 characters long. The limit is 150."}),
    ],
)
def test_what_is_wrong_is_told_by_cell(changes: dict[str, str], problems: dict[str, str]) -> None:
    cells = dict(zip(KEYS, FULL, strict=True)) | changes
    (row,) = read_sheet("people.xlsx", workbook(list(cells.values())))
    assert dict(row.problems) == problems


def test_a_review_in_which_the_state_takes_no_part() -> None:
    (row,) = checked(read_sheet("p.csv", csv_of(LINE.replace("1-XVE", "1-XMB"))), circumstances())
    assert dict(row.problems) == {"review": "There is no current review 1-XMB in which Veskaria takes part."}


def test_a_reviewing_state_has_no_national_contributors() -> None:
    rows = read_sheet("p.csv", csv_of(LINE.replace("governmental_expert", "national_contributor")))
    (row,) = checked(rows, circumstances(side=Side.REVIEWING))
    assert dict(row.problems) == {"role": "A reviewing State has no national contributors."}
    assert checked(rows, circumstances())[0].is_good


def test_addresses_that_differ_only_in_case_are_one_person() -> None:
    rows = read_sheet("p.csv", csv_of(LINE, LINE.replace("ana@", "ANA@"), LINE.replace("1-XVE", "1-xve")))
    problems = [dict(row.problems) for row in checked(rows, circumstances())]
    assert problems == [{}, *[{"email": "The same person and review as in row 2."}] * 2]


def test_whoever_is_in_the_note_already() -> None:
    (row,) = checked(read_sheet("p.csv", csv_of(LINE)), circumstances(), [ANA])
    assert dict(row.problems) == {"email": "This person is named for this review already."}


def test_whoever_takes_part_already() -> None:
    (row,) = checked(read_sheet("p.csv", csv_of(LINE)), circumstances(seat(ANA.email, "governmental_expert")))
    assert dict(row.problems) == {"email": "Old Hand takes part in this review in this role already."}


def test_two_focal_points_of_a_review() -> None:
    line = LINE.replace("governmental_expert", "focal_point")
    _first, second = checked(read_sheet("p.csv", csv_of(line, line.replace("ana@", "bo@"))), circumstances())
    assert list(second.problems) == ["role"]


def test_a_focal_point_of_today_is_offered_to_be_replaced() -> None:
    line = LINE.replace("governmental_expert", "focal_point")
    (row,) = checked(read_sheet("p.csv", csv_of(line)), circumstances(seat()))
    assert (dict(row.problems), row.naming.replaces, row.replaced) == ({}, "p1", seat())


def test_more_rows_than_a_note_takes() -> None:
    message = f"This file has more than {MOST_ROWS} rows. Divide it into several."
    lines = [LINE.replace("ana@", f"a{number}@") for number in range(10_000)]
    assert refusal("people.csv", csv_of(*lines)) == message
    assert len(read_sheet("people.csv", csv_of(*lines[:MOST_ROWS]))) == MOST_ROWS
    assert refusal("people.xlsx", workbook(*[FULL] * (MOST_ROWS + 2))) == message


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (KEYS[1:], "The first row names no column for: Review code. Use the template."),
        ((*KEYS, "salary"), "These columns are not known: salary. Use the template."),
        ((*KEYS, "Name"), "These columns are there twice: Name. Use the template."),
    ],
)
def test_wrong_columns(header: tuple[str, ...], message: str) -> None:
    assert refusal("people.xlsx", workbook(FULL, header=header)) == message


@pytest.mark.parametrize("content", [workbook(), workbook(header=()), csv_of(), b"\n\n"])
def test_nobody_in_the_file(content: bytes) -> None:
    name = "people.xlsx" if content.startswith(b"PK") else "people.csv"
    assert refusal(name, content) == "There is nobody in this file."


def with_entry(content: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as container:
        container.writestr(name, data)
    return out.getvalue()


MACROS = "This kind of file can hold macros. Save it as .xlsx or .csv, and choose it again."
NOT_ITS_NAME = "The content of this file is not what its name says."
KINDS = "This kind of file is not accepted. Use one of: xlsx, csv."
BIG = "This workbook unpacks to far more than a list. Keep the first sheet only."
HTML = b"<html><body><table><tr><td>review</td></tr></table></body></html>"
FILES: list[tuple[str, bytes, str]] = [
    ("people.xlsm", workbook(FULL), MACROS),
    ("people.xls", workbook(FULL), MACROS),
    ("people.ods", workbook(FULL), KINDS),
    ("people", workbook(FULL), KINDS),
    ("people.xlsx", b"", "This file is empty."),
    ("people.xlsx", HTML, NOT_ITS_NAME),
    ("people.xlsx", csv_of(LINE), NOT_ITS_NAME),
    ("people.xlsx", workbook(FULL)[:-200],
     "This file is damaged, or was cut off on its way. Open it, save it anew, and choose it again."),
    ("people.xlsx", with_entry(workbook(FULL), "xl/vbaProject.bin", b"x"),
     "This file holds macros. Save it without them, and choose it again."),
    ("people.xlsx", with_entry(workbook(FULL), "xl/media/big.bin", bytes(30_000_000)), BIG),
    ("people.xlsx", with_entry(workbook(FULL), "xl/more.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"),
     "This file holds something besides what its name says. Open it, save it anew, and choose it again."),
    ("people.csv", HTML, "The first row names no column for: Review code, Role, Name and E-mail address. These columns "
     f"are not known: {HTML[:40].decode()}. Use the template."),
    ("people.csv", b"x" * (2 * 1024 * 1024 + 1), "This file is larger than 2 megabytes."),
    ("people.csv", b"review,role\xff\xfe\xfa", "The letters of this file cannot be read. Save it as “CSV UTF-8” or as "
     ".xlsx, and choose it again. The first that cannot be read stands in row 1, column 2."),
    ("people.csv", b"review\0,role", NOT_ITS_NAME),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message"), FILES)
def test_files_that_are_no_list_of_people_are_refused_in_words(name: str, content: bytes, message: str) -> None:
    assert refusal(name, content) == message


def test_rows_that_claim_to_lie_far_down_do_not_keep_the_portal_busy() -> None:
    source, out = zipfile.ZipFile(io.BytesIO(workbook(FULL))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            data = source.read(entry)
            if entry.endswith("sheet1.xml"):
                data = data.replace(b'<row r="2"', b'<row r="99999999999"')
            target.writestr(entry, data)
    assert refusal("people.xlsx", out.getvalue()).startswith("This file has more than")


def test_the_size_that_a_sheet_claims_is_not_believed() -> None:
    source, out = zipfile.ZipFile(io.BytesIO(workbook(FULL))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            target.writestr(entry, source.read(entry).replace(b'ref="A1:H2"', b'ref="A1:A1"'))
    assert [row.naming for row in read_sheet("people.xlsx", out.getvalue())] == [ANA]


def outcome(name: str, content: bytes) -> Any:
    try:
        return checked(read_sheet(name, content), circumstances(seat()))
    except ServiceError as error:
        return str(error)


@given(content=st.binary(max_size=2000), name=st.sampled_from(["a.csv", "a.xlsx", "a.xlsm", "a", ""]))
def test_any_bytes_give_rows_or_words(content: bytes, name: str) -> None:
    assert outcome(name, content)


@given(text=st.text(max_size=300), encoding=st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_any_text_below_the_header_gives_rows_or_words(text: str, encoding: str) -> None:
    content = f"{','.join(KEYS)}\n{text}".encode(encoding, "surrogatepass")
    assert outcome("a.csv", content)


GOOD = workbook(FULL)


@given(place=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255))
def test_a_damaged_workbook_gives_rows_or_words(place: int, byte: int) -> None:
    assert outcome("a.xlsx", GOOD[:place] + bytes([byte]) + GOOD[place + 1 :])


@given(words=st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=60))
def test_what_is_written_is_what_is_read(words: str) -> None:
    """One line with single spaces and composed letters; the same whether it looks like a formula or not."""
    words = without_unseen(words)  # what nobody sees is refused
    for name, content in (
        ("a.xlsx", written(words)),
        ("a.csv", csv_of(",".join((*ROW[:4], f'"{words.replace(chr(34), chr(34) * 2)}"')), header=",".join(KEYS[:5]))),
    ):
        (row,) = read_sheet(name, content)
        assert (row.naming.job_title, dict(row.problems)) == (one_line(words), {})


def written(words: str) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet: Any = book.active
    sheet.append(list(KEYS))
    for column, value in enumerate((*ROW[:4], words), start=1):
        cell = sheet.cell(2, column)
        cell.value, cell.data_type = value, "s"
    book.save(out)
    return out.getvalue()
