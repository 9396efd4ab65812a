"""The picture of who reviews whom: everybody once on the circle, every pairing once as a line."""

import math
import re
from itertools import pairwise

import pytest
from django.utils import translation

from lots.results.diagram import MIDDLE, SIZE, TONES, diagram_of, tone_of
from tests.lots.drawn import drawn_of_sizes, states_of_2020, with_extra_reviewers

pytestmark = pytest.mark.unit


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]


def distance(x: float, y: float) -> float:
    return math.hypot(x - MIDDLE, y - MIDDLE)


def test_every_state_stands_once_on_the_circle() -> None:
    states = states_of_2020()
    diagram = diagram_of(states)
    assert sorted(node.code for node in diagram.nodes) == sorted(drawn.state.iso3 for drawn in states)
    radii = [distance(node.x, node.y) for node in diagram.nodes]
    assert max(radii) - min(radii) < 0.2
    assert len({(node.x, node.y) for node in diagram.nodes}) == 190


def test_neighbours_do_not_touch() -> None:
    nodes = diagram_of(states_of_2020()).nodes
    apart = min(math.dist((a.x, a.y), (b.x, b.y)) for a, b in pairwise(nodes))
    assert apart > 2 * diagram_of(states_of_2020()).mark


def test_regional_groups_stand_together_with_a_gap_between() -> None:
    diagram = diagram_of(drawn_of_sizes(6, 7, 5))
    tones = [node.tone for node in diagram.nodes]
    assert tones == sorted(tones)
    assert [(sector.name, sector.states) for sector in diagram.sectors] == [
        ("Group 0", 6),
        ("Group 1", 7),
        ("Group 2", 5),
    ]
    steps = [math.dist((a.x, a.y), (b.x, b.y)) for a, b in pairwise(diagram.nodes)]
    inside = [step for step, (a, b) in zip(steps, pairwise(tones), strict=True) if a == b]
    between = [step for step, (a, b) in zip(steps, pairwise(tones), strict=True) if a != b]
    assert min(between) > 1.5 * max(inside)


def test_every_pairing_is_a_line_from_the_reviewing_state_to_the_one_under_review() -> None:
    states = states_of_2020()
    diagram = diagram_of(states)
    pairs = {(reviewer.state.iso3, drawn.state.iso3) for drawn in states for reviewer in drawn.reviewers}
    assert {(arc.reviewer, arc.under_review) for arc in diagram.arcs} == pairs
    assert len(diagram.arcs) == len(pairs)
    places = {node.code: node for node in diagram.nodes}
    for arc in diagram.arcs:
        x1, y1, _x2, _y2, x3, y3 = numbers(arc.path)
        for (x, y), code in (((x1, y1), arc.reviewer), ((x3, y3), arc.under_review)):
            assert math.dist((x, y), (places[code].x, places[code].y)) < 4 * diagram.mark
        assert arc.tone == places[arc.reviewer].tone


def test_a_line_stays_inside_of_the_circle() -> None:
    diagram = diagram_of(states_of_2020())
    radius = distance(diagram.nodes[0].x, diagram.nodes[0].y)
    for arc in diagram.arcs:
        values = numbers(arc.path)
        assert all(distance(x, y) < radius for x, y in zip(values[::2], values[1::2], strict=True))


def test_states_come_in_the_order_of_the_result_and_reviewers_after_all_groups() -> None:
    states = drawn_of_sizes(6, 7, 5)
    diagram = diagram_of(states)
    steps = {node.code: node.step for node in diagram.nodes}
    assert [steps[drawn.state.iso3] for drawn in states] == [*range(1, 19)]
    assert {arc.step - steps[arc.under_review] for arc in diagram.arcs} == {18}


def test_a_state_that_is_looked_for_stands_out_with_those_it_has_to_do_with() -> None:
    states = drawn_of_sizes(6, 7, 5)
    one = states[4]
    diagram = diagram_of(states, selected=one.state.iso3)
    others = {link.state.iso3 for link in (*one.reviewers, *one.duties)}
    assert {node.code for node in diagram.nodes if node.is_selected} == {one.state.iso3, *others}
    assert all(one.state.iso3 in {arc.reviewer, arc.under_review} for arc in diagram.arcs if arc.is_selected)
    assert sum(arc.is_selected for arc in diagram.arcs) == len(one.reviewers) + len(one.duties)
    assert diagram.selected == one.state.iso3


def test_nobody_stands_out_where_the_state_is_not_in_the_draw() -> None:
    diagram = diagram_of(drawn_of_sizes(6, 7), selected="ZZZ")
    assert diagram.selected == ""
    assert not any(node.is_selected for node in diagram.nodes)


def test_extra_reviewers_are_marked() -> None:
    states = with_extra_reviewers()
    extras = {
        (reviewer.state.iso3, drawn.state.iso3) for drawn in states for reviewer in drawn.reviewers if reviewer.is_extra
    }
    assert extras
    assert {(arc.reviewer, arc.under_review) for arc in diagram_of(states).arcs if arc.is_extra} == extras


def test_few_states_have_names_and_many_have_codes() -> None:
    assert {node.label for node in diagram_of(drawn_of_sizes(6, 7)).nodes} >= {"State AAA"}
    assert all(len(node.label) == 3 for node in diagram_of(states_of_2020()).nodes)


def test_labels_stay_inside_of_the_picture() -> None:
    for states in (states_of_2020(), drawn_of_sizes(6, 7, 5)):
        diagram = diagram_of(states)
        for node in diagram.nodes:
            reach = distance(node.label_x, node.label_y) + 0.54 * diagram.font * len(node.label)
            assert reach <= SIZE / 2 + 1


def test_labels_are_never_upside_down() -> None:
    for node in diagram_of(states_of_2020()).nodes:
        assert node.turn <= 90 or node.turn >= 270


def test_in_arabic_the_circle_runs_the_other_way_round() -> None:
    states = drawn_of_sizes(6, 7, 5)
    english = diagram_of(states)
    with translation.override("ar"):
        arabic = diagram_of(states)
    for node, twin in zip(arabic.nodes, english.nodes, strict=True):
        assert (node.x, node.y) == pytest.approx((SIZE - twin.x, twin.y))
    assert [node.code for node in arabic.nodes] == [node.code for node in english.nodes]
    assert all(node.turn <= 90 or node.turn >= 270 for node in arabic.nodes)


def test_a_draw_without_states_is_an_empty_picture() -> None:
    diagram = diagram_of([])
    assert (diagram.nodes, diagram.arcs, diagram.sectors) == ((), (), ())


def test_each_regional_group_has_its_own_colour() -> None:
    assert [tone_of(order) for order in range(5)] == [1, 2, 3, 4, 5]
    assert tone_of(TONES) == 1
