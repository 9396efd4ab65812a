"""Every word a person reads can be translated, and a translator can move its parts.

    python tools/lint_i18n.py [FILE ...]

In Python: no f-string, concatenation or call inside gettext; placeholders have names. In templates: `blocktranslate`
is trimmed, texts hold no markup of ours that a translator must copy, and no words stand outside of a translation.
"""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "core", "dialogue", "observations", "reviews", "questionnaires", "lots", "portal")
_FUNCTIONS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
_FUNCTIONS |= {"npgettext", "npgettext_lazy"}
# How many of the first arguments are texts; the others are numbers.
_TEXTS = {"ngettext": 2, "ngettext_lazy": 2, "pgettext": 2, "pgettext_lazy": 2, "npgettext": 3, "npgettext_lazy": 3}
_UNNAMED = re.compile(r"%(?![(%])[#0 +-]*[\d.*]*[diouxXeEfFgGcrsa]|\{\}|\{\d+\}")

_TAG = re.compile(r"\{%-?\s*(.*?)\s*-?%\}", re.DOTALL)
_NOT_TEXT = re.compile(  # the block `width` holds the name of a class
    r"\{%\s*block width\s*%\}.*?endblock[^%]*%\}|\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}"
    r"|\{%\s*blocktranslate.*?endblocktranslate\s*%\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<(script|style)\b.*?</\1>",
    re.DOTALL,
)
_MARKUP = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"\b(aria-label|alt|title|placeholder|aria-description)=\"([^\"]*)\"")
_WORD = re.compile(r"[^\W\d_]{3,}")
_ENTITY = re.compile(r"&#?\w+;")
# Names that are the same in every language.
_NAMES = {"PDF", "SHA", "UNCAC", "UNTOC", "Markdown"}


def problems_in_python(source: str) -> Iterator[tuple[int, str]]:
    """Line and problem of every call of gettext that a translator could not work with."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := _called(node.func)) in _FUNCTIONS:
            for argument in node.args[: _TEXTS.get(name, 1)]:
                if problem := _problem_with(argument):
                    yield node.lineno, f"{name}(): {problem}"


def _called(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _problem_with(argument: ast.expr) -> str:
    if isinstance(argument, ast.JoinedStr):
        return "an f-string is filled in before it is looked up; use a named placeholder"
    if isinstance(argument, ast.BinOp):
        return "text that is put together is not collected; write it as one, and fill placeholders in outside"
    if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
        return "only text that stands here is collected"
    if _UNNAMED.search(argument.value.replace("%%", "")):
        return "name the placeholder: a translator must be able to move it"
    return ""


def problems_in_template(source: str) -> Iterator[tuple[int, str]]:
    """Line and problem of every text that is not translated, or not trimmed."""
    for match in _TAG.finditer(source):
        words = match[1].split()
        if words[0] == "blocktranslate" and "trimmed" not in words:
            yield _line(source, match.start()), "blocktranslate without trimmed"
        if words[0] in {"trans", "blocktrans"}:
            yield _line(source, match.start()), f"{words[0]}: write {words[0]}late"
    text = _NOT_TEXT.sub(_blank, source)
    for match in _ATTRIBUTE.finditer(text):
        if _untranslated(match[2]):
            yield _line(source, match.start()), f"{match[1]} is not translated: {match[2].strip()!r}"
    for line, words_of_line in enumerate(_MARKUP.sub(_blank, text).splitlines(), start=1):
        if _untranslated(words_of_line):
            yield line, f"not translated: {words_of_line.strip()!r}"


def _untranslated(text: str) -> bool:
    return any(word not in _NAMES for word in _WORD.findall(_ENTITY.sub(" ", text)))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def files() -> list[Path]:
    python = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    return sorted([*python, *(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")])


def main(arguments: Sequence[str]) -> int:
    found = False
    for path in [Path(argument) for argument in arguments] or files():
        check = problems_in_python if path.suffix == ".py" else problems_in_template
        for line, problem in check(path.read_text(encoding="utf-8")):
            print(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}:{line}: {problem}")
            found = True
    return int(found)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
