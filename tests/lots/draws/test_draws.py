"""Who finds which draw."""

from collections.abc import Callable

import pytest
from django.http import Http404

from lots.course.services import confirm_void, request_void
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw
from lots.draws.selectors import (
    draws_of,
    draws_visible_to,
    file_of,
    files_of,
    get_draw_for,
    get_public_draw,
    get_seed_part,
    is_result_public,
    public_draws,
    rules_of,
    seed_parts_of,
)
from reviews.programme.models import Mechanism
from tests.lots.making import LAUNCH_SESSION, Officers, make_draw, taken_to
from tests.utils import Cast

pytestmark = pytest.mark.django_db

BEFORE_PUBLICATION = [DrawStatus.PREPARED, DrawStatus.ANNOUNCED, DrawStatus.SEEDED, DrawStatus.DRAWN]


@pytest.fixture
def one_of_each() -> dict[str, Draw]:
    return {status: make_draw(status, phase=3) for status in [*BEFORE_PUBLICATION, DrawStatus.PUBLISHED]}


def test_only_the_secretariat_finds_draws(cast: Cast) -> None:
    draw = make_draw(DrawStatus.DRAWN)
    found = {name: [*draws_visible_to(user)] for name, user in cast.people.items()}
    assert found == {name: [draw] if user.secretariat_role else [] for name, user in cast.people.items()}
    assert [name for name, draws in found.items() if draws] == ["officer", "administrator", "auditor"]


def test_one_draw_by_its_address(cast: Cast) -> None:
    draw = make_draw(DrawStatus.PREPARED)
    assert get_draw_for(cast.auditor, "untoc", "3-T1") == draw
    for user, mechanism, code in [
        (cast.focal_point, "untoc", "3-T1"),
        (cast.officer, "untoc", "3-T2"),
        (cast.officer, "other", "3-T1"),
    ]:
        with pytest.raises(Http404):
            get_draw_for(user, mechanism, code)


def test_the_latest_draw_of_a_mechanism_comes_first(cast: Cast, mechanism: Mechanism) -> None:
    first, second = make_draw(DrawStatus.PREPARED), make_draw(DrawStatus.PREPARED)
    assert list(draws_of(cast.officer, mechanism)) == [second, first]
    assert list(draws_of(cast.stranger, mechanism)) == []


def test_a_draw_is_public_from_its_announcement_on(one_of_each: dict[str, Draw]) -> None:
    assert set(public_draws()) == {draw for status, draw in one_of_each.items() if status != DrawStatus.PREPARED}
    assert get_public_draw("untoc", "3-T2") == one_of_each["announced"]
    with pytest.raises(Http404):
        get_public_draw("untoc", "3-T1")


def test_a_voided_draw_stays_public_if_it_was_announced() -> None:
    by = Officers()
    codes = []
    for status in (DrawStatus.PREPARED, DrawStatus.ANNOUNCED):
        draw = make_draw(status, officers=by)
        confirm_void(actor=by.runner, draw=request_void(actor=by.keeper, draw=draw, reason="A mistake."))
        codes.append(draw.code)
    assert [draw.code for draw in public_draws()] == codes[1:]


def test_real_draws_come_before_those_for_training() -> None:
    make_draw(DrawStatus.ANNOUNCED, is_training=False, as_of=LAUNCH_SESSION)
    make_draw(DrawStatus.ANNOUNCED)
    assert [draw.code for draw in public_draws()] == ["3-1", "3-T1"]


def test_the_result_is_public_once_published(one_of_each: dict[str, Draw]) -> None:
    public = [status for status, draw in one_of_each.items() if is_result_public(draw)]
    assert public == ["published"]
    assert is_result_public(make_draw(DrawStatus.VOIDED, phase=2))


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_files_are_given_byte_for_byte(draw: Draw) -> None:
    assert [file.name for file in files_of(draw)] == [
        "certificate.json",
        "draw.json",
        "input.csv",
        "replay.pyz",
        "result.json",
        "verify.py",
    ]
    assert file_of(draw, "input.csv") == bytes(draw.files.get(name="input.csv").content)
    assert file_of(make_draw(DrawStatus.PREPARED), "result.json") is None


def test_the_parts_of_the_seed(django_assert_num_queries: Callable) -> None:
    draw, other = make_draw(DrawStatus.SEEDED), make_draw(DrawStatus.ANNOUNCED)
    with django_assert_num_queries(1):
        parts = [
            (part.source, str(part.regional_group), str(part.committed_by), str(part.revealed_by))
            for part in seed_parts_of(draw)
        ]
    assert parts == [
        ("african", "African States", "Kim Keeper", "Kim Keeper"),
        ("asia-pacific", "Asia-Pacific States", "Kim Keeper", "Kim Keeper"),
        ("eastern-european", "Eastern European States", "Kim Keeper", "Kim Keeper"),
        ("latin-american-caribbean", "Latin American and Caribbean States", "Kim Keeper", "Kim Keeper"),
        ("western-european-other", "Western European and other States", "Kim Keeper", "Kim Keeper"),
    ]
    assert get_seed_part(other, "african").draw_id == other.pk
    with pytest.raises(Http404):
        get_seed_part(draw, "public-1")


def test_the_rules_in_their_order(mechanism: Mechanism) -> None:
    rules = [(rule.key, rule.evidence_mark, rule.default) for rule in rules_of(mechanism) if rule.switch]
    assert rules == [
        ("stratify", "I", "on"),
        ("consent", "P", ""),
        ("load", "M", "hard"),
        ("reio_group", "I", "Western European and other States"),
        ("legal_system", "M", "off"),
        ("defer", "M", "off"),
        ("exclude", "I", ""),
        ("volunteer", "M", ""),
        ("redraw", "M", ""),
        ("late", "I", ""),
    ]
