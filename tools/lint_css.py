"""Both writing directions and both modes from one sheet: only logical properties and no colours in our own styles.

    python tools/lint_css.py [FILE ...]

Bans left and right (and the properties that always mean a physical side) in `static/`; what `margin-inline-start` and
its like express turns with the direction of the page by itself. The sheets in `static/pdf` are left out: paged media
name their corners physically (`@top-left`), so that a sheet for print has rules for each direction anyhow.

Bans colours everywhere but in `_colours.scss`, where each has its role, and its pair for dark screens; and the custom
property that no sheet sets, of which a browser would say nothing. Those of the system (`Canvas`) are the device's own.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
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
_DECLARATION = re.compile(r"(?<![\w-])([\w-]+)\s*:\s*([^;{}]*)(?=[;}])")
_QUOTED = re.compile(r"""url\([^)]*\)|"[^"]*"|'[^']*'""")
_NAMES = (
    "(?:dark|light|medium|deep|pale)?(?:white|black|gr[ae]y|silver|red|maroon|crimson|orange|gold|yellow|olive|green|lime"
    "|teal|aqua|cyan|blue|navy|indigo|purple|violet|magenta|fuchsia|pink|brown|beige|ivory|salmon|turquoise)"
)
_COLOUR = re.compile(
    rf"#[0-9a-f]{{3,8}}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|(?<![\w-])(?:{_NAMES})\b(?!-)", re.I
)
_USED = re.compile(r"var\(\s*(--app-[\w-]+)")
_SET = re.compile(r"(--app-[\w-]+)\s*:")
_PALETTE = "_colours.scss"
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
    for match in _DECLARATION.finditer(text):
        if found := _COLOUR.search(_QUOTED.sub("", match[2])):
            yield _line(text, match.start()), f"`{found[0]}`: a colour has its name in {_PALETTE}"
    known = _known() | {*_SET.findall(text)}
    for match in _USED.finditer(text):
        name = match[1]
        if name not in known and not (name.endswith("-") and any(each.startswith(name) for each in known)):
            yield _line(text, match.start()), f"`{name}`: no sheet sets it"


@cache
def _known() -> frozenset[str]:
    """The custom properties that there are."""
    palette = (ROOT / "static" / "css" / _PALETTE).read_text(encoding="utf-8")
    colours = {f"--app-{name}" for name in re.findall(r'^ {2}"([\w-]+)":', palette, re.MULTILINE)}
    return frozenset(colours | {name for path in files() for name in _SET.findall(path.read_text(encoding="utf-8"))})


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def files() -> list[Path]:
    static = ROOT / "static"
    sheets = [path for ending in ("css", "scss") for path in static.rglob(f"*.{ending}")]
    return sorted(path for path in sheets if not path.is_relative_to(static / "pdf") and path.name != _PALETTE)


def main(arguments: Sequence[str]) -> int:
    found = False
    for path in [Path(argument) for argument in arguments] or files():
        for line, problem in sorted(problems_in(path.read_text(encoding="utf-8"))):
            print(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}:{line}: {problem}")
            found = True
    return int(found)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
