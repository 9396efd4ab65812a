"""Both writing directions from one sheet: only logical properties in our own styles.

    python tools/lint_css.py [FILE ...]

Bans left and right (and the properties that always mean a physical side) in `static/`; what `margin-inline-start` and
its like express turns with the direction of the page by itself. The sheets in `static/pdf` are left out: paged media
name their corners physically (`@top-left`), so that a sheet for print has rules for each direction anyhow.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_PROPERTY = re.compile(
    r"(?<![\w-])((?:margin|padding|border|scroll-margin|scroll-padding|inset)-(?:left|right)[\w-]*|left|right"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
)
_VALUE = re.compile(
    r"(?<![\w-])(text-align|float|clear|justify-content|justify-items|justify-self)\s*:\s*(left|right)\b"
)
_ADVICE = {
    "left": "inset-inline-start",
    "right": "inset-inline-end",
    "text-align": "start or end",
    "float": "inline-start or inline-end",
    "clear": "inline-start or inline-end",
}


def problems_in(source: str) -> Iterator[tuple[int, str]]:
    """Line and problem of every physical side."""
    text = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment.group()), source)
    for match in _PROPERTY.finditer(text):
        name = match[1]
        better = _ADVICE.get(name) or name.replace("left", "inline-start").replace("right", "inline-end")
        yield _line(text, match.start()), f"`{name}`: write `{better}`"
    for match in _VALUE.finditer(text):
        better = _ADVICE.get(match[1], "start or end")
        yield _line(text, match.start()), f"`{match[1]}: {match[2]}`: write {better}"


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def files() -> list[Path]:
    static = ROOT / "static"
    sheets = [path for ending in ("css", "scss") for path in static.rglob(f"*.{ending}")]
    return sorted(path for path in sheets if not path.is_relative_to(static / "pdf"))


def main(arguments: Sequence[str]) -> int:
    found = False
    for path in [Path(argument) for argument in arguments] or files():
        for line, problem in sorted(problems_in(path.read_text(encoding="utf-8"))):
            print(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}:{line}: {problem}")
            found = True
    return int(found)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
