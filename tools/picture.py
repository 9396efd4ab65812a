"""Draw docs/architecture.svg: `make picture`. The apps in the layers of .importlinter, each with its features."""

from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "architecture.svg"
OF_DJANGO = {"management", "migrations", "templatetags"}  # packages of an app that are no features
WIDTH, EDGE, GAP, LINE, LETTER = 880, 12, 30, 26, 6.8
_PAGE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"
  font-family="sans-serif" font-size="12">
<title>The apps of the portal and their features</title>
<desc>{words}</desc>
<marker id="tip" markerWidth="8" markerHeight="8" refX="8" refY="4" orient="auto">
  <path d="M0 0 8 4 0 8z" fill="#505a5f"/>
</marker>
<rect width="{width}" height="{height}" fill="#fff"/>
{drawn}
</svg>
"""


def layers(container: str = "") -> list[list[str]]:
    """How import-linter orders what is in an app, or the apps, high to low; what shares a line ignores each other."""
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    said = [(parser.get(name, "containers", fallback=""), parser.get(name, "layers", fallback="")) for name in parser]
    order = next((lines for inside, lines in said if lines and inside.strip() == container), "")
    return [[name.strip(" ()") for name in line.split("|")] for line in order.split("\n") if line.strip()]


def features(app: str) -> list[str]:
    """The packages of an app, high to low as far as a contract orders them."""
    on_disk = {path.parent.name for path in (ROOT / app).glob("*/__init__.py")} - OF_DJANGO
    order = [name for layer in layers(app) for name in layer]
    return sorted(on_disk, key=lambda name: (order.index(name) if name in order else len(order), name))


def chips(app: str, width: float) -> tuple[list[str], int]:
    """The features of an app as boxes in lines, drawn from the corner of its own box, and how many lines these are."""
    drawn, at, line = [], 0.0, 1
    for name in features(app):
        wide = len(name) * LETTER + EDGE
        if at + wide > width:
            at, line = 0.0, line + 1
        x, y = at + EDGE, line * LINE + 2
        drawn.append(f'<rect x="{x:g}" y="{y}" width="{wide:g}" height="20" rx="3" fill="#fff" stroke="#b1b4b6"/>')
        drawn.append(f'<text x="{x + wide / 2:g}" y="{y + 14}" text-anchor="middle">{name}</text>')
        at += wide + EDGE / 2
    return drawn, line


def picture() -> str:
    """The whole picture; the same packages and contracts give the same bytes."""
    drawn: list[str] = []
    above: list[float] = []
    y = EDGE
    for layer in layers():
        width = (WIDTH - EDGE * (len(layer) + 1)) / len(layer)
        inside = {app: chips(app, width - 2 * EDGE) for app in layer}
        height = LINE * (1 + max(lines for _, lines in inside.values())) + 8
        places = [EDGE + number * (width + EDGE) for number in range(len(layer))]
        middles = [x + width / 2 for x in places]
        for x in max(above, middles, key=len) if above else []:
            drawn.append(f'<path d="M{x:g} {y - GAP}V{y}" stroke="#505a5f" marker-end="url(#tip)"/>')
        for app, x in zip(layer, places, strict=True):
            drawn.append(f'<g transform="translate({x:g} {y})">')
            drawn.append(f'<rect width="{width:g}" height="{height}" rx="4" fill="#eef3f8" stroke="#1d4f7c"/>')
            drawn.append(f'<text x="{EDGE}" y="19" font-weight="bold" font-size="14">{app}</text>')
            drawn += [*inside[app][0], "</g>"]
        y, above = y + height + GAP, middles
    words = "; ".join(f"{app}: {', '.join(features(app))}" for layer in layers() for app in layer)
    return _PAGE.format(width=WIDTH, height=y - GAP + EDGE, words=words, drawn="\n".join(drawn))


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
