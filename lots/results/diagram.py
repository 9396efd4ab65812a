"""Who reviews whom as a picture: the States on a circle by regional group, an arc for each pairing. Geometry alone.

The picture is drawn on the server as SVG, so that it is there without scripts, in print and for every reader.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language_bidi

from lots.results.selectors import DrawnState

SIZE = 1000  # of the picture, in its own units
MIDDLE = SIZE / 2
TONES = 5  # colours and shapes that the style sheet has, one for each regional group
GAP = (1.3, 75)  # places between two regional groups: at least so many, and one more for so many States
MOST_NAMES = 40  # more States than these are labelled by their codes
WIDEST_LABEL = 165.0
LETTER = 0.54  # width of a letter by its height, about
FONT = (11.0, 26.0)
MARK = (3.5, 9.0)


@dataclass(frozen=True, slots=True)
class DiagramNode:
    """A State on the circle. ``turn`` are the degrees of its label; ``step`` is when it is drawn into its group.

    ``is_selected``: it, or a State that it reviews or is reviewed by, is the one that stands out.
    """

    code: str
    name: str
    label: str
    tone: int
    x: float
    y: float
    label_x: float
    label_y: float
    turn: float
    anchor: str
    step: int
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Arc:
    """A pairing, from the reviewing State to the one under review. ``step`` is when it is revealed."""

    reviewer: str
    under_review: str
    tone: int
    path: str
    step: int
    is_extra: bool
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Sector:
    """A regional group, with the stretch of the circle that is its own."""

    name: str
    tone: int
    path: str
    states: int


@dataclass(frozen=True, slots=True)
class Diagram:
    size: int
    font: float
    mark: float
    nodes: tuple[DiagramNode, ...]
    arcs: tuple[Arc, ...]
    sectors: tuple[Sector, ...]
    selected: str
    is_dense: bool


@dataclass(frozen=True, slots=True)
class _Circle:
    """The measures that fit this many States. ``sign`` is -1 where the reader's language runs to the left."""

    radius: float
    slot: float
    font: float
    mark: float
    sign: int

    def point(self, angle: float, radius: float) -> tuple[float, float]:
        """Where an angle, in radians from the top, meets the circle of this radius."""
        return MIDDLE + self.sign * radius * math.sin(angle), MIDDLE - radius * math.cos(angle)


def tone_of(order: int) -> int:
    """The number of the colour and the shape of a regional group, by its order among them."""
    return order % TONES + 1


def diagram_of(states: Sequence[DrawnState], *, selected: str = "") -> Diagram:
    """The picture of a drawn result. ``selected`` is the code of a State whose pairings stand out."""
    near = _neighbours(states, selected)
    steps = {drawn.state.iso3: step for step, drawn in enumerate(states, start=1)}
    around = sorted(states, key=lambda drawn: (drawn.regional_group.order, steps[drawn.state.iso3]))
    gap = GAP[0] + len(states) / GAP[1]
    places = list(_places(around, gap))
    has_names = len(states) <= MOST_NAMES
    circle = _circle([_label(drawn, has_names) for drawn in around], places[-1] + 1 + gap / 2 if places else 1)
    angles = {drawn.state.iso3: circle.slot * place for drawn, place in zip(around, places, strict=True)}
    return Diagram(
        size=SIZE,
        font=round(circle.font, 1),
        mark=round(circle.mark, 1),
        nodes=tuple(
            _node(drawn, _label(drawn, has_names), angles[drawn.state.iso3], steps, circle, near) for drawn in around
        ),
        arcs=tuple(_arcs(states, angles, steps, circle, selected)),
        sectors=tuple(_sectors(around, angles, circle)),
        selected=selected if selected in steps else "",
        is_dense=not has_names,
    )


def _places(around: Sequence[DrawnState], gap: float) -> Iterator[float]:
    """The place of each State on the circle, with a gap where a regional group ends."""
    place, before = gap / 2, None
    for drawn in around:
        if before is not None and drawn.regional_group.order != before:
            place += gap
        yield place
        place, before = place + 1, drawn.regional_group.order


def _label(drawn: DrawnState, has_names: bool) -> str:
    return str(drawn.state) if has_names else drawn.state.iso3


def _circle(labels: Sequence[str], places: float) -> _Circle:
    slot = 2 * math.pi / places
    longest = max((len(label) for label in labels), default=0)
    font = min(max(0.85 * slot * 0.8 * MIDDLE, FONT[0]), FONT[1])
    font = max(min(font, WIDEST_LABEL / (LETTER * max(longest, 1))), FONT[0])
    mark = min(max(0.34 * slot * 0.8 * MIDDLE, MARK[0]), MARK[1])
    radius = MIDDLE - LETTER * font * longest - 2 * mark - 6
    return _Circle(radius, slot, font, mark, -1 if get_language_bidi() else 1)


def _neighbours(states: Sequence[DrawnState], selected: str) -> set[str]:
    """The State that stands out, and those that it reviews or is reviewed by."""
    near: set[str] = set()
    for drawn in states:
        if drawn.state.iso3 == selected:
            near = {selected, *(one.state.iso3 for one in drawn.reviewers), *(one.state.iso3 for one in drawn.duties)}
    return near


def _node(
    drawn: DrawnState, label: str, angle: float, steps: dict[str, int], circle: _Circle, near: set[str]
) -> DiagramNode:
    x, y = circle.point(angle, circle.radius)
    label_x, label_y = circle.point(angle, circle.radius + 1.6 * circle.mark + 3)
    is_right = label_x >= MIDDLE
    degrees = circle.sign * math.degrees(angle)
    return DiagramNode(
        code=drawn.state.iso3,
        name=str(drawn.state),
        label=label,
        tone=tone_of(drawn.regional_group.order),
        x=round(x, 1),
        y=round(y, 1),
        label_x=round(label_x, 1),
        label_y=round(label_y, 1),
        turn=round((degrees - 90 if is_right else degrees + 90) % 360, 1),
        anchor="start" if is_right else "end",
        step=steps[drawn.state.iso3],
        is_selected=drawn.state.iso3 in near,
    )


def _arcs(
    states: Sequence[DrawnState], angles: dict[str, float], steps: dict[str, int], circle: _Circle, selected: str
) -> Iterator[Arc]:
    for drawn in states:
        under_review = drawn.state.iso3
        for reviewer in drawn.reviewers:
            code = reviewer.state.iso3
            yield Arc(
                reviewer=code,
                under_review=under_review,
                tone=tone_of(reviewer.regional_group.order),
                path=_path(angles[code], angles[under_review], circle),
                step=len(states) + steps[under_review],
                is_extra=reviewer.is_extra,
                is_selected=selected in {code, under_review},
            )


def _path(start: float, end: float, circle: _Circle) -> str:
    """A curve that dips towards the middle the more, the further the two are apart."""
    apart = abs(end - start)
    between = (start + end) / 2
    if apart > math.pi:  # the way round over the top is shorter
        apart, between = 2 * math.pi - apart, between + math.pi
    inner = circle.radius - 2 * circle.mark
    points = (
        circle.point(start, inner),
        circle.point(between, inner * 0.8 * (1 - math.sin(apart / 2))),
        circle.point(end, inner - circle.mark),
    )
    (x1, y1), (x2, y2), (x3, y3) = points
    return f"M{x1:.0f} {y1:.0f}Q{x2:.0f} {y2:.0f} {x3:.0f} {y3:.0f}"


def _sectors(around: Sequence[DrawnState], angles: dict[str, float], circle: _Circle) -> Iterator[Sector]:
    inner = circle.radius - 1.6 * circle.mark
    for order in dict.fromkeys(drawn.regional_group.order for drawn in around):
        members = [drawn for drawn in around if drawn.regional_group.order == order]
        first, last = (angles[drawn.state.iso3] for drawn in (members[0], members[-1]))
        (x1, y1), (x2, y2) = (circle.point(first - circle.slot / 2, inner), circle.point(last + circle.slot / 2, inner))
        is_large = int(last - first + circle.slot > math.pi)
        sweep = int(circle.sign > 0)
        yield Sector(
            name=str(members[0].regional_group),
            tone=tone_of(order),
            path=f"M{x1:.1f} {y1:.1f}A{inner:.1f} {inner:.1f} 0 {is_large} {sweep} {x2:.1f} {y2:.1f}",
            states=len(members),
        )
