"""Files that are not in the published format, or whose hashes are wrong: each with the line that finds it.

``edit`` works on what the files say, before the hashes; ``tamper`` after them. A line that ends with … may go on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Papers = dict[str, Any]
INPUT, DRAW, RESULT, CERTIFICATE = FILES = ("input.csv", "draw.json", "result.json", "certificate.json")
CONTENTS, CLAIMS = "contents of the files: ", "certificate.json: hashes and rules: it, "
NOT_ALLOWED = ", not one of those allowed"


@dataclass
class Malformed:
    """What is changed in the files of ``even``."""

    name: str
    line: str
    edit: Callable[[Papers], Any] | None = None
    tamper: Callable[[Papers], Any] | None = None


def put(*path: Any, value: Any) -> Callable[[Papers], None]:
    """Write a value there."""

    def edit(papers: Papers) -> None:
        place: Any = papers
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return edit


def drop(*path: Any) -> Callable[[Papers], None]:
    """Leave something out."""

    def edit(papers: Papers) -> None:
        place: Any = papers
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]

    return edit


def contents(name: str, line: str, edit: Callable[[Papers], Any]) -> Malformed:
    """Change what the files say; every hash is right."""
    return Malformed(name, CONTENTS + line, edit=edit)


def repeat_the_first_pairing(papers: Papers) -> None:
    """Name a reviewer twice."""
    papers[RESULT]["pairings"].insert(0, papers[RESULT]["pairings"][0])


SWITCH, PAIRING = (DRAW, "switches"), (RESULT, "pairings", 2)
TABLE = [
    contents("no heading", "input.csv must be the heading iso3,name_en,…", drop(INPUT, 0)),
    contents("another heading", "input.csv must be the heading iso3,name_en,…", put(INPUT, 0, 0, value="code")),
    contents("no States", "input.csv must be the heading iso3,name_en,…", drop(INPUT, slice(1, None))),
    contents("a long line", "input.csv: no State: AUT,Austria,…", lambda papers: papers[INPUT][1].append("")),
    contents("a short line", "input.csv: no State: AUT,Austria,…", drop(INPUT, 1, 3)),
    contents("an empty line", "input.csv: no State: ", put(INPUT, 1, value=[])),
    contents("a code in small letters", "input.csv: no State: aut,Austria,…", put(INPUT, 1, 0, value="aut")),
    contents("no name", "input.csv: no State: AUT,,Western…", put(INPUT, 1, 1, value="")),
    contents("no regional group", "input.csv: no State: AUT,Austria,,…", put(INPUT, 1, 2, value="")),
    contents("an escape in a name", "input.csv: no State: AUT,\\x1b[2K,…", put(INPUT, 1, 1, value="\x1b[2K")),
    contents("a line end in a name", "input.csv: no State: AUT,a\\nb,…", put(INPUT, 1, 1, value="a\nb")),
    contents(
        "a line end in a name, and too few cells",
        "input.csv: no State: AUT,a\\nb,,untoc",
        put(INPUT, 1, value=["AUT", "a\nb", "", "untoc"]),
    ),
    contents("nothing joined", "input.csv: no State: AUT,…", put(INPUT, 1, 4, value="")),
    contents("the Convention not joined", "input.csv: no State: AUT,…", put(INPUT, 1, 4, value="tip som")),
    contents("instruments out of order", "input.csv: no State: AUT,…", put(INPUT, 1, 4, value="untoc som tip")),
    contents("an instrument twice", "input.csv: no State: AUT,…", put(INPUT, 1, 4, value="untoc tip tip")),
    contents("two spaces", "input.csv: no State: AUT,…", put(INPUT, 1, 4, value="untoc  tip")),
    contents(
        "States out of order",
        "input.csv must be sorted, each once",
        lambda papers: papers[INPUT].append(papers[INPUT].pop(1)),
    ),
    contents(
        "a State twice", "input.csv must be sorted, each once", lambda papers: papers[INPUT].insert(1, papers[INPUT][1])
    ),
    contents(
        "a legal system unasked",
        "input.csv has legal systems although that switch is off",
        put(INPUT, 1, 3, value="civil law"),
    ),
]
OBJECTS = [
    contents("an unknown key of the draw", "draw.json: unknown key note", put(DRAW, "note", value="")),
    contents("a missing key of the draw", "draw.json: missing key as_of", drop(DRAW, "as_of")),
    contents("a later version", "draw.json, format_version is 2, not 1", put(DRAW, "format_version", value=2)),
    contents(
        "a version that is true", "draw.json, format_version is True, not 1", put(DRAW, "format_version", value=True)
    ),
    contents("a version 1.0", "result.json, format_version is 1.0, not 1", put(RESULT, "format_version", value=1.0)),
    contents("a day that is none", "day is out of range for month", put(DRAW, "as_of", value="2021-02-30")),
    contents("a day in another form", "…", put(DRAW, "as_of", value="20201012")),
    contents("a day that is a number", "draw.json, as_of must be of type str, is 2020", put(DRAW, "as_of", value=2020)),
    contents("no seed", "draw.json, seed must be of type str, is None", put(DRAW, "seed", value=None)),
    contents("switches in a list", "draw.json, switches must be an object", put(DRAW, "switches", value=[])),
    contents("an unknown switch", "draw.json, switches: unknown key luck", put(*SWITCH, "luck", value="on")),
    contents("a missing switch", "draw.json, switches: missing key load", drop(*SWITCH, "load")),
    contents("a load that is none", f"draw.json, switches, load is 3{NOT_ALLOWED}", put(*SWITCH, "load", value=3)),
    contents(
        "stratify true", f"draw.json, switches, stratify is True{NOT_ALLOWED}", put(*SWITCH, "stratify", value=True)
    ),
    contents("defer maybe", f"draw.json, defer is maybe{NOT_ALLOWED}", put(*SWITCH, "defer", value="maybe")),
    contents("defer null", f"draw.json, defer is None{NOT_ALLOWED}", put(*SWITCH, "defer", value=None)),
    contents("a stranger defers", f"draw.json, defer, 1 is XXX{NOT_ALLOWED}", put(*SWITCH, "defer", value=["XXX"])),
    contents(
        "defer unsorted", "draw.json, defer must be sorted, each once", put(*SWITCH, "defer", value=["KEN", "AUT"])
    ),
    contents("consent as a text", "draw.json, switches, consent must be a list", put(*SWITCH, "consent", value="KEN")),
    contents("a list in a list", f"draw.json, switches, late, 1 is []{NOT_ALLOWED}", put(*SWITCH, "late", value=[[]])),
    contents(
        "volunteers unsorted",
        "draw.json, switches, volunteer must be sorted, each once",
        put(*SWITCH, "volunteer", value=["NPL", "KOR"]),
    ),
    contents(
        "exclusions unsorted",
        "draw.json, switches, exclude must be sorted, each once",
        put(*SWITCH, "exclude", value=["AUT>GHA", "AUT>BEL"]),
    ),
    contents("half an exclusion", "draw.json, exclude, 1: missing key 2", put(*SWITCH, "exclude", value=["AUT"])),
    contents(
        "a long exclusion", "draw.json, exclude, 1: unknown key 3", put(*SWITCH, "exclude", value=["AUT>BEL>CAN"])
    ),
    contents(
        "a strange exclusion", f"draw.json, exclude, 1, 2 is X{NOT_ALLOWED}", put(*SWITCH, "exclude", value=["AUT>X"])
    ),
    contents(
        "late twice", "draw.json, late names a State twice, or all States", put(*SWITCH, "late", value=["AUT", "AUT"])
    ),
    contents(
        "all States late",
        "draw.json, late names a State twice, or all States",
        lambda papers: papers[DRAW]["switches"].update(late=[row[0] for row in papers[INPUT][1:]]),
    ),
    contents("an unknown key of the result", "result.json: unknown key seed", put(RESULT, "seed", value="")),
    contents("a State without a group", "result.json, groups: missing key AUT", drop(RESULT, "groups", "AUT")),
    contents("a group of nobody", "result.json, groups: unknown key XXX", put(RESULT, "groups", "XXX", value=1)),
    contents("a fourth group", f"result.json, groups, AUT is 4{NOT_ALLOWED}", put(RESULT, "groups", "AUT", value=4)),
    contents(
        "a group true", f"result.json, groups, AUT is True{NOT_ALLOWED}", put(RESULT, "groups", "AUT", value=True)
    ),
    contents(
        "a group as a text", f"result.json, groups, AUT is 1{NOT_ALLOWED}", put(RESULT, "groups", "AUT", value="1")
    ),
    contents("pairings as an object", "result.json, pairings must be a list", put(RESULT, "pairings", value={})),
    contents("a pairing as a text", "result.json, pairings, 3 must be an object", put(*PAIRING, value="AUT<BEL")),
    contents("a pairing with more", "result.json, pairings, 3: unknown key why", put(*PAIRING, "why", value="")),
    contents("a pairing with less", "result.json, pairings, 3: missing key extra", drop(*PAIRING, "extra")),
    contents(
        "extra as a number",
        "result.json, pairings, 3, extra must be of type bool, is 0",
        put(*PAIRING, "extra", value=0),
    ),
    contents(
        "a role that is none",
        f"result.json, pairings, 3, role is chair{NOT_ALLOWED}",
        put(*PAIRING, "role", value="chair"),
    ),
    contents(
        "a strange reviewer",
        f"result.json, pairings, 3, reviewer is XXX{NOT_ALLOWED}",
        put(*PAIRING, "reviewer", value="XXX"),
    ),
    contents(
        "a reviewer as a list",
        f"result.json, pairings, 3, reviewer is []{NOT_ALLOWED}",
        put(*PAIRING, "reviewer", value=[]),
    ),
    contents(
        "no instruments",
        f"result.json, pairings, 3, instruments is []{NOT_ALLOWED}",
        put(*PAIRING, "instruments", value=[]),
    ),
    contents(
        "instruments of a pairing out of order",
        f"result.json, pairings, 3, instruments is ['som', 'untoc']{NOT_ALLOWED}",
        put(*PAIRING, "instruments", value=["som", "untoc"]),
    ),
    contents(
        "pairings unsorted",
        "result.json, pairings must be sorted, each once",
        lambda papers: papers[RESULT]["pairings"].reverse(),
    ),
    contents("a reviewer twice", "result.json, pairings must be sorted, each once", repeat_the_first_pairing),
]
CERTIFICATES = [
    Malformed("another version", CLAIMS + "format_version is 2, not 1", put(CERTIFICATE, "format_version", value=2)),
    Malformed(
        "an unknown key", "certificate.json: hashes and rules: it: unknown key note", put(CERTIFICATE, "note", value=1)
    ),
    Malformed(
        "a rule that does not hold",
        CLAIMS + "rules, 7, holds is False, not True",
        put(CERTIFICATE, "rules", 6, "holds", value=False),
    ),
    Malformed(
        "a rule that holds 1", CLAIMS + "rules, 7, holds is 1, not True", put(CERTIFICATE, "rules", 6, "holds", value=1)
    ),
    Malformed("a rule left out", CLAIMS + "rules: missing key 13", drop(CERTIFICATE, "rules", 3)),
    Malformed(
        "rules out of order",
        CLAIMS + "rules, 1, rule is deferral, not groups_even",
        lambda papers: papers[CERTIFICATE]["rules"].reverse(),
    ),
    Malformed("no rules", CLAIMS + "rules must be a list", put(CERTIFICATE, "rules", value={})),
    Malformed(
        "a rule without evidence", CLAIMS + "rules, 7: missing key evidence", drop(CERTIFICATE, "rules", 6, "evidence")
    ),
    Malformed(
        "a claim as a number", "certificate.json: load: it must be an object", put(CERTIFICATE, "load", value=60)
    ),
    Malformed(
        "a claim without proof", "certificate.json: load: it: missing key proved", drop(CERTIFICATE, "load", "proved")
    ),
    Malformed(
        "a bound as a text",
        "certificate.json: load: it, bound must be of type int, is 60",
        put(CERTIFICATE, "load", "bound", value="60"),
    ),
    Malformed(
        "proved as a text",
        "certificate.json: load: it, proved must be of type bool, is yes",
        put(CERTIFICATE, "load", "proved", value="yes"),
    ),
]
WRONG = "0" * 64


def wrong(name: str, line: str, *path: str, value: Any = WRONG) -> Malformed:
    """Write a hash that is none."""
    return Malformed(name, CLAIMS + line, tamper=put(CERTIFICATE, *path, value=value))


HASHES = [
    wrong("hash of the table", f"hashes, input.csv is {WRONG}, not …", "hashes", INPUT),
    wrong("hash of the draw", f"hashes, draw.json is {WRONG}, not …", "hashes", DRAW),
    wrong("hash of the result", f"hashes, result.json is {WRONG}, not …", "hashes", RESULT),
    wrong("hash that is null", "hashes, draw.json is None, not …", "hashes", DRAW, value=None),
    wrong("commitment", f"commitment_sha256 is {WRONG}, not …", "commitment_sha256"),
    Malformed(
        "hash left out", CLAIMS[:-2] + ", hashes: missing key result.json", tamper=drop(CERTIFICATE, "hashes", RESULT)
    ),
    Malformed(
        "hash of itself",
        CLAIMS[:-2] + ", hashes: unknown key certificate.json",
        tamper=put(CERTIFICATE, "hashes", CERTIFICATE, value=WRONG),
    ),
]
WHAT_FILES_SAY = [*TABLE, *OBJECTS, *CERTIFICATES, *HASHES]


NOT_CANONICAL = "is not in canonical form …"
UNREADABLE = "…"
HUGE = b"9" * 50


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Write something else where it stands first."""

    def spoil(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return spoil


# What is done to the bytes of any file, or of one of these, and what is said of it then.
SPOILT: list[tuple[str, tuple[str, ...], Callable[[bytes], bytes], str]] = [
    ("empty", FILES, lambda _: b"", "is empty, or larger than 20 megabytes"),
    ("huge", FILES, lambda content: content + b" " * 20_000_000, "is empty, or larger than 20 megabytes"),
    ("truncated", FILES[1:], lambda content: content[: len(content) // 2], UNREADABLE),
    ("without its last line end", FILES, lambda content: content[:-1], NOT_CANONICAL),
    ("with one line end more", FILES[1:], lambda content: content + b"\n", NOT_CANONICAL),
    ("with a byte order mark", FILES, lambda content: b"\xef\xbb\xbf" + content, "begins with a byte order mark"),
    ("with line ends of another system", FILES, lambda content: content.replace(b"\n", b"\r\n"), NOT_CANONICAL),
    ("not UTF-8", FILES, replaced(b"a", b"\xe9"), "'utf-8' codec can't decode byte 0xe9 …"),
    ("UTF-16", FILES, lambda content: content.decode().encode("utf-16"), "'utf-8' codec can't decode byte 0xff …"),
    ("of zeros", FILES[1:], lambda _: bytes(1000), UNREADABLE),
    ("with spaces at line ends", FILES[1:], lambda content: content.replace(b",\n", b", \n"), NOT_CANONICAL),
    ("indented by tabs", FILES[1:], lambda content: content.replace(b"  ", b"\t"), NOT_CANONICAL),
    ("with a key twice", FILES[1:], replaced(b'{\n', b'{\n  "format_version": 1,\n'), NOT_CANONICAL),
    ("with an escape", FILES[1:], replaced(b'"format', b'"\\u0066ormat'), NOT_CANONICAL),
    ("with half a surrogate", FILES[1:2], replaced(b"aloud", b"\\ud800"), "'utf-8' codec can't encode character …"),
    ("with no number", FILES[1:], replaced(b'version": 1', b'version": NaN'), "Out of range float values …"),
    ("with infinity", FILES[1:], replaced(b'version": 1', b'version": 1e999'), "Out of range float values …"),
    ("with a huge number", FILES[1:], replaced(b'version": 1', b'version": ' + HUGE), NOT_CANONICAL),
    ("with a gigantic number", FILES[1:], replaced(b'version": 1', b'version": ' + HUGE * 9999), NOT_CANONICAL),
    ("with minus zero", FILES[1:], replaced(b'version": 1', b'version": -0'), NOT_CANONICAL),
    ("a list", FILES[1:], lambda _: b"[]\n", "is not an object"),
    ("nothing but null", FILES[1:], lambda _: b"null\n", "is not an object"),
    ("deep", FILES[1:], lambda _: b'{"a": ' * 99_999 + b"1" + b"}" * 99_999, "maximum recursion depth exceeded …"),
    ("a deep list", FILES[1:], lambda _: b"[" * 3_000_000, "maximum recursion depth exceeded …"),
    ("deep enough to be read", FILES[3:], lambda _: b'{"a":' * 900 + b"1" + b"}" * 900, UNREADABLE),
    ("with needless quotes", FILES[:1], replaced(b"AUT", b'"AUT"'), NOT_CANONICAL),
    ("with a quote that stays open", FILES[:1], replaced(b"AUT", b'"AUT'), UNREADABLE),
    ("with semicolons", FILES[:1], lambda content: content.replace(b",", b";"), NOT_CANONICAL),
    ("with a long name", FILES[:1], replaced(b"Austria", b"A" * 200_000), "field larger than field limit (131072)"),
]  # fmt: skip
