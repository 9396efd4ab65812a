"""No line of code knows a mechanism by name: not the mechanism, nor its instruments, steps and milestones.

    python tools/lint_mechanism.py [FILE ...]

What they are called is read from ``fixtures/mechanisms``. A name that is a word of any kind ("summary", "tip") is
looked for only where it can be nothing else: for instruments as the whole of a piece of text, in a list with commas or
before an underscore ("firearms_date"); for steps in what a ``slug`` is compared with, looked up in or matched against.
A table that is written in one place and read in another with a step is not found. Tests and data are not looked at.
A rule that is cited ("resolution 10/1", "annex I") is a name as well, wherever people read it, so not in comments.
Who has to name one stands in ``EXEMPT``, with the reason; one that nobody needs any more is a problem too. One name
is written here, as no file has it: what the first mechanism is called after its city.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PLACES = (
    "accounts", "config", "core", "dialogue", "lots", "observations", "portal", "questionnaires", "reviews",
    "static/css", "static/js", "templates", "tools",
)  # fmt: skip
_ENDINGS = {".py", ".html", ".txt", ".js", ".mjs", ".scss", ".sh", ".lp"}
_RULES = re.compile(r"(?:resolution|decision)\s+\d+/\d+|\bannex\s+[IVX]+\b", re.IGNORECASE)  # of one mechanism
_TEMPLATE_COMMENTS = re.compile(r"{#.*?#}|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", re.DOTALL)
_ADVICE = "find it by its kind, or in the rows of the mechanism"
EXEMPT = {
    "lots/algorithm/table.py": "format 1 of the files of a draw is of one mechanism, to the byte",
    "lots/verifier/verify.py": "likewise; it imports nothing of ours and is handed out as it is",
    "portal/demo/answers.py": "the large demo, of one mechanism: a step of it",
    "portal/demo/course.py": "likewise: the milestones on the way of its reviews",
    "portal/demo/dates.py": "likewise: its dates",
    "portal/demo/plan.py": "likewise: which mechanism that is, and its steps",
    "portal/demo/texts.py": "likewise: the instrument of the text that is written out",
    "tools/questionnaires/": "made the questionnaires of that mechanism from the official text",
    "tools/bench/": "measures on the data of that mechanism",
    "tools/design/": "pictures of its demo",
    "tools/screenshots/": "pictures of its demo",
    "tools/first_hour.py": "pictures of a portal that has it",
    "tools/lint_i18n.py": "abbreviations that are not translated",
}
# Words that stand for something else there: news to a person whose stored word happens to be the same.
OTHERWISE = {("reviews/cases/enums.py", "feedback_sent")}


@dataclass(frozen=True)
class Names:
    """``telling`` ones are looked for in every piece of text; ``marked`` ones are no words at all, and nowhere."""

    marked: frozenset[str]
    instruments: frozenset[str]
    telling: frozenset[str]
    steps: frozenset[str]


@cache
def names() -> Names:
    """What all mechanisms are called, and what is theirs."""
    files = [json.loads(path.read_text("utf-8")) for path in sorted(ROOT.glob("fixtures/mechanisms/*/mechanism.json"))]
    mechanisms = {data["slug"] for data in files}
    rows = [row for data in files for row in (*data["instruments"], *data["other_instruments"])]
    instruments = {row["slug"] for row in rows}
    steps = {row["slug"] for data in files for row in data["steps"]}
    milestones = {row["slug"] for data in files for row in data["step_plan"]}
    telling = {slug for slug in steps | milestones if re.search("[_-]", slug)}
    return Names(
        frozenset({*mechanisms, "palermo"}), frozenset(instruments), frozenset(telling), frozenset(steps - telling)
    )


def problems_in(source: str, *, is_python: bool) -> Iterator[tuple[int, str]]:
    """Line and problem of every name."""
    found = {*_marked(source), *(_in_python(source) if is_python else _in_text(source))}
    for line, name in sorted(found):
        yield line, f"`{name}`: {_ADVICE}"


def _cited(text: str) -> Iterator[tuple[int, str]]:
    """The rules of one mechanism, by line: what is read on a page says it for all of them."""
    for match in _RULES.finditer(text):
        yield text.count("\n", 0, match.start()), " ".join(match[0].split())


def _docstrings(tree: ast.AST) -> set[ast.expr]:
    """Where a source may be named: readers of the code alone see it."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


def _marked(source: str) -> Iterator[tuple[int, str]]:
    pattern = re.compile(rf"(?<![a-z])({'|'.join(map(re.escape, sorted(names().marked)))})(?![a-z])", re.IGNORECASE)
    codes = re.compile(rf"\b[A-Z]+\.({'|'.join(map(re.escape, sorted(names().instruments)))})\.\d")  # of questions
    for number, line in enumerate(source.splitlines(), 1):
        yield from ((number, match[1].lower()) for match in pattern.finditer(line))
        yield from ((number, match[1]) for match in codes.finditer(line))


def _in_text(source: str) -> Iterator[tuple[int, str]]:
    quoted = re.compile(r"""["'](?=([\w,;-]+)["'])""")
    after_slug = re.compile(r"""slug\s*(?:[!=]==?|in)\s*["']([\w,;\s-]+)["']""")
    before_slug = re.compile(r"""["']([\w-]+)["']\s*[!=]==?\s*[\w.]*slug\b""")
    read = _TEMPLATE_COMMENTS.sub(lambda match: "\n" * match[0].count("\n"), source)
    yield from ((line + 1, name) for line, name in _cited(read))
    for number, line in enumerate(source.splitlines(), 1):
        words = {name for match in quoted.finditer(line) for name in _named_by(match[1])}
        beside = [*after_slug.finditer(line), *before_slug.finditer(line)]
        compared = {word for match in beside for word in _SEPARATOR.split(match[1])}
        yield from ((number, word) for word in words | (compared & names().steps))


def _in_python(source: str) -> Iterator[tuple[int, str]]:
    tree = ast.parse(source)
    unread = _docstrings(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(value)):
                yield from ((node.lineno, name) for name in _named_by(value))
                if node not in unread:
                    yield from ((node.lineno + line, name) for line, name in _cited(value))
            case ast.Compare(left=left, comparators=right) if any(_is_slug(each) for each in (left, *right)):
                yield from _steps_in(node)
            case ast.Call(func=ast.Attribute(value=ast.Dict() as table), args=values) if any(map(_is_slug, values)):
                yield from _steps_in(table)
            case ast.Call() | ast.keyword() if _is_slug(node):
                yield from _steps_in(node)
            case ast.Subscript(value=table, slice=key) if _is_slug(key):
                yield from _steps_in(table)
            case ast.Match(subject=subject, cases=cases) if _is_slug(subject):
                yield from _steps_in(*(each.pattern for each in cases))


_SEPARATOR = re.compile(r"\s*[,;]\s*")


def _named_by(text: str) -> set[str]:
    """The instruments, and the telling names of steps and milestones, of which a piece of text is made."""
    parts = _SEPARATOR.split(text.strip())
    if not all(re.fullmatch(r"[\w-]+", part) for part in parts):
        return set()
    before = {name for name in names().instruments for part in parts if part.startswith(f"{name}_")}
    return before | ({*parts} & (names().instruments | names().telling))


def _is_slug(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr="slug"):
            return True
        case ast.Call(func=ast.Name(id="advance")):
            return True
        case ast.keyword(arg=str(name)):
            return re.search(r"(^|_)slug(__[a-z]+)?$", name) is not None
    return False


def _steps_in(*nodes: ast.AST) -> Iterator[tuple[int, str]]:
    """Those that stand anywhere below."""
    for node in (below for each in nodes for below in ast.walk(each)):
        if isinstance(node, ast.Constant) and node.value in names().steps:
            yield node.lineno, str(node.value)


def exemption_of(name: str) -> str | None:
    """The entry by which a file, or the folder that it is in, may name one."""
    return next((place for place in EXEMPT if name == place or (place.endswith("/") and name.startswith(place))), None)


def files() -> list[Path]:
    """Every program and every template outside of tests and data."""
    found = (path for place in _PLACES for path in (ROOT / place).rglob("*"))
    return sorted(path for path in found if path.suffix in _ENDINGS and path != Path(__file__))


def main(arguments: Sequence[str]) -> int:
    status, needed = 0, set[object]()
    for path in [Path(argument) for argument in arguments] or files():
        name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
        for line, problem in problems_in(path.read_text(encoding="utf-8"), is_python=path.suffix == ".py"):
            if (otherwise := (name, problem.split("`")[1])) in OTHERWISE:
                needed.add(otherwise)
                continue
            if place := exemption_of(name):
                needed.add(place)
                continue
            print(f"{name}:{line}: {problem}")
            status = 1
    if not arguments:
        for place in sorted(map(str, (EXEMPT.keys() | OTHERWISE) - needed)):
            print(f"{place}: is exempt and need not be")
            status = 1
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
