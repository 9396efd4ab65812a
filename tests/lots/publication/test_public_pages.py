"""What everybody reads of a draw, and downloads; and that nothing of it is public too early."""

import gzip
import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import Client, TestCase

from accounts.people.models import User
from core.documents.html import render_html_file
from lots.algorithm import Switches
from lots.ceremony.instructions import CHECKED_FILES, REPLAY_COMMAND, VERIFY_COMMAND
from lots.course.services import request_void
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw
from lots.publication.pdf import TEMPLATE, context_of
from lots.publication.services.protocols import queue_missing_protocols
from lots.publication.tasks import render_public_protocols_task
from lots.results.selectors import drawn_states
from tests.caches import empty_cache
from tests.factories.accounts import UserFactory
from tests.lots.making import LAUNCH_SESSION, PUBLIC_VALUE, SECRET, Officers, commit, make_draw, reveal, taken_to
from tests.lots.pages import PUBLIC_LIST, address_of, read, text_of
from tests.query_counts import assert_query_count

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
FIRST_PAGE = 100_000  # bytes, compressed
BEFORE_THE_RESULT = ["input.csv", "announcement.json", "verify.py", "replay.pyz"]


def page_of(draw: Draw) -> str:
    return address_of(draw, "public-draw")


def file_of(draw: Draw, name: str) -> str:
    return address_of(draw, "public-draw-file", name)


def downloads_of(client: Client, draw: Draw) -> dict[str, str]:
    return {file.name: file.sha256 for file in client.get(page_of(draw)).context["downloads"]}


def states_shown(client: Client, draw: Draw, **query: str) -> list[str]:
    groups = client.get(page_of(draw), query).context["groups"]
    return [turn.drawn.state.iso3 for group in groups for turn in group.turns]


def test_without_announced_draws_the_list_says_so(client: Client, officers: Officers) -> None:
    draw = make_draw(DrawStatus.PREPARED, officers=officers)
    assert "No draw is announced yet" in read(client, PUBLIC_LIST)
    assert client.get(page_of(draw)).status_code == 404
    assert {client.get(file_of(draw, name)).status_code for name in (*BEFORE_THE_RESULT, "draw.json")} == {404}


def test_a_draw_that_was_voided_before_it_was_announced_never_becomes_public(
    client: Client, officers: Officers
) -> None:
    draw = make_draw(DrawStatus.PREPARED, officers=officers)
    request_void(actor=officers.keeper, draw=draw, reason="Wrong day.")
    assert client.get(page_of(draw)).status_code == 404


def test_an_announced_draw_shows_what_is_fixed_and_where_the_seed_comes_from(
    client: Client, officers: Officers
) -> None:
    draw = make_draw(DrawStatus.ANNOUNCED, officers=officers, public_values=(PUBLIC_VALUE,))
    words = read(client, page_of(draw))
    for piece in (
        draw.input_sha256,
        draw.commitment_sha256,
        "Announced, the seed is open",
        "Delegate: African States african Not yet Not yet",
        f"{PUBLIC_VALUE} public-1 None: nobody can know it yet Not yet",
        "african=4711/asia-pacific=20/public-1=88.13/",
        "For delegates: how to commit to a value",
        "M Not verified",
        "One to three reviews a State",
    ):
        assert piece in words
    assert list(downloads_of(client, draw)) == BEFORE_THE_RESULT


def test_the_announcement_is_what_the_commitment_was_made_of(client: Client, officers: Officers) -> None:
    draw = make_draw(DrawStatus.ANNOUNCED, officers=officers)
    content = client.get(file_of(draw, "announcement.json")).content
    assert hashlib.sha256(content).hexdigest() == draw.commitment_sha256
    said = json.loads(content)
    assert (said["input_sha256"], "seed" in said) == (draw.input_sha256, False)
    assert hashlib.sha256(client.get(file_of(draw, "input.csv")).content).hexdigest() == draw.input_sha256


def test_commitments_are_public_and_values_only_when_they_were_read(client: Client, officers: Officers) -> None:
    draw = make_draw(DrawStatus.ANNOUNCED, officers=officers)
    parts = [commit(part, officers.keeper, value="4711") for part in draw.seed_parts.all()]
    words = read(client, page_of(draw))
    assert [part.commitment for part in parts if part.commitment not in words] == []
    assert SECRET not in words
    reveal(parts[0], officers.keeper, value="4711")
    words = read(client, page_of(draw))
    assert f"4711 Secret words: {SECRET} (african)" in words
    assert words.count(SECRET) == 1


@pytest.mark.kept(taken_to, DrawStatus.VOIDED)
def test_no_name_of_a_person_is_public(client: Client, officers: Officers, draw: Draw) -> None:
    words = client.get(page_of(draw)).content.decode()
    for name in (officers.keeper.full_name, officers.runner.full_name, "Delegate of african"):
        assert name not in words


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_the_result_is_nobodys_before_it_is_published(client: Client, draw: Draw) -> None:
    page = client.get(page_of(draw))
    assert "Seed complete, not published yet" in text_of(page)
    assert "groups" not in page.context
    assert "Who reviews whom" not in text_of(page)
    assert list(downloads_of(client, draw)) == BEFORE_THE_RESULT
    for name in ("draw.json", "result.json", "certificate.json"):
        assert client.get(file_of(draw, name)).status_code == 404


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_a_draw_that_was_voided_unpublished_keeps_its_result_to_itself(
    client: Client, officers: Officers, draw: Draw
) -> None:
    Draw.objects.filter(pk=draw.pk).update(
        status=DrawStatus.VOIDED, void_requested_by=officers.keeper, voided_by=officers.runner, voided_at=draw.run_at
    )
    page = client.get(page_of(draw))
    assert "This draw was voided" in text_of(page)
    assert "groups" not in page.context
    assert client.get(file_of(draw, "result.json")).status_code == 404


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_a_voiding_that_was_only_asked_for_is_not_public(client: Client, officers: Officers, draw: Draw) -> None:
    draw = request_void(actor=officers.keeper, draw=draw, reason="Only a thought.")
    protocol = render_html_file(TEMPLATE, context_of(draw, is_public=True), "en").decode()
    assert "Only a thought." not in read(client, page_of(draw)) + protocol
    assert "Voiding asked for" not in protocol
    assert "Voiding asked for" in render_html_file(TEMPLATE, context_of(draw), "en").decode()
    client.force_login(UserFactory.create())
    for address in ("/api/v1/draws/", f"/api/v1/draws/{draw.mechanism.slug}/{draw.code}/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Only a thought." not in text_of(answer)


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_a_published_draw_shows_groups_reviewers_and_certificate(client: Client, draw: Draw) -> None:
    words = read(client, page_of(draw))
    states = drawn_states(draw)
    assert states_shown(client, draw) == [drawn.state.iso3 for drawn in states]
    sizes = Counter(drawn.group_number for drawn in states)
    first = states[0]
    row = [f"{first.state} {first.regional_group}"]
    row += [f"{each.state} {each.regional_group}" for each in first.reviewers if not each.is_extra][:1]
    assert " ".join(row) in words
    for piece in (
        *(f"Group {number}: {size} State" for number, size in sizes.items()),
        "Holds No two States review one another.",
        "extra reviewing State",
        "Who reviews whom, as a picture",
        f"The seed of this draw: {draw.seed}",
        "A draw for training: its States are fictional",
    ):
        assert piece in words
    assert list(downloads_of(client, draw)) == [
        "input.csv",
        "announcement.json",
        "draw.json",
        "result.json",
        "certificate.json",
        "verify.py",
        "replay.pyz",
    ]


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_every_file_has_the_checksum_that_stands_beside_it(client: Client, draw: Draw) -> None:
    for name, sha256 in downloads_of(client, draw).items():
        http_response = client.get(file_of(draw, name))
        assert hashlib.sha256(http_response.content).hexdigest() == sha256
        assert http_response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert http_response["X-Content-Type-Options"] == "nosniff"
        assert http_response["Cache-Control"] == "public, max-age=60"


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_whoever_follows_the_instructions_finds_that_everything_holds(
    client: Client, tmp_path: Path, draw: Draw
) -> None:
    words = read(client, page_of(draw))
    for name in (*CHECKED_FILES, "replay.pyz"):
        assert name in words
        (tmp_path / name).write_bytes(client.get(file_of(draw, name)).content)
    for command in (VERIFY_COMMAND, REPLAY_COMMAND):
        assert command in words
        done = subprocess.run(
            [sys.executable, "-I", *command.split()[1:]], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "again" / "result.json").read_bytes() == (tmp_path / "result.json").read_bytes()


@pytest.mark.parametrize("typed", ["XVE", "xve", "Veskaria", "vesk"])
@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_a_state_is_found_by_code_or_name(client: Client, typed: str, draw: Draw) -> None:
    page = client.get(page_of(draw), {"state": typed})
    found = page.context["found"]
    assert (states_shown(client, draw, state=typed), found.drawn.state.iso3) == (["XVE"], "XVE")
    words = text_of(page)
    assert "1 State of 25" in words
    drawn = next(each for each in drawn_states(draw) if each.state.iso3 == "XVE")
    side = words.partition("Reviewed by")[2].partition("State under review")[0]
    others = [str(each.state) for each in (*drawn.reviewers, *drawn.duties)]
    assert [name for name in others if name not in side] == []


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_the_result_is_narrowed_by_regional_group(client: Client, draw: Draw) -> None:
    african = [each.state.iso3 for each in drawn_states(draw) if each.regional_group.slug == "african"]
    assert states_shown(client, draw, region="african") == african
    assert states_shown(client, draw, region="african", state=african[0]) == african[:1]


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_a_search_without_a_match_says_so_and_nonsense_is_ignored(client: Client, draw: Draw) -> None:
    page = client.get(page_of(draw), {"state": "Atlantis"})
    assert "No State matches the filter" in text_of(page)
    assert page.context["found"] is None
    assert len(states_shown(client, draw, region="nonsense")) == 25
    assert len(states_shown(client, draw, state="x" * 101)) == 25


@pytest.mark.kept(taken_to, DrawStatus.VOIDED)
def test_a_voided_draw_says_when_and_why_and_keeps_its_record(client: Client, draw: Draw) -> None:
    words = read(client, page_of(draw))
    assert "This draw was voided" in words
    assert "A State was missing from the input." in words
    assert len(states_shown(client, draw)) == 25
    assert client.get(file_of(draw, "result.json")).status_code == 200
    assert "Voided" in read(client, PUBLIC_LIST)


def test_a_real_draw_names_parties_with_an_assigned_group_and_is_light(client: Client, officers: Officers) -> None:
    draw = make_draw(DrawStatus.DRAWN, officers=officers, is_training=False, as_of=LAUNCH_SESSION)
    Draw.objects.filter(pk=draw.pk).update(
        status=DrawStatus.PUBLISHED, published_by=officers.runner, published_at=draw.run_at
    )
    page = client.get(page_of(draw))
    words = text_of(page)
    assert "European Union: Western European and other States" in words
    assert "A draw for training" not in words
    assert "noindex" not in page.content.decode()
    assert len(gzip.compress(page.content)) < FIRST_PAGE


def test_draws_for_training_come_last_marked_and_out_of_search_engines(client: Client, officers: Officers) -> None:
    training = make_draw(DrawStatus.ANNOUNCED, officers=officers)
    real = make_draw(DrawStatus.ANNOUNCED, officers=officers, is_training=False, as_of=LAUNCH_SESSION)
    assert list(client.get(PUBLIC_LIST).context["page"].object_list) == [real, training]
    assert '<meta name="robots" content="noindex, nofollow">' in client.get(page_of(training)).content.decode()


def test_the_frame_is_that_of_a_public_page(client: Client, officers: Officers) -> None:
    draw = make_draw(DrawStatus.ANNOUNCED, officers=officers)
    for address in (PUBLIC_LIST, page_of(draw)):
        http_response = client.get(address)
        html = http_response.content.decode()
        assert http_response["Cache-Control"] == "public, max-age=60"
        assert http_response.cookies == {}
        assert "app-side" not in html
        assert "Confidential." not in html
        assert f'class="app-bar__brand" href="{PUBLIC_LIST}"' in html


def test_people_who_are_signed_in_find_the_draws_in_the_navigation(
    client: Client, login_as: LoginAs, officers: Officers
) -> None:
    anybody = login_as(UserFactory())
    assert anybody.get("/en/draws/home/")["Location"] == PUBLIC_LIST
    page = anybody.get(PUBLIC_LIST)
    assert f'class="app-side__link" href="{PUBLIC_LIST}" aria-current="page"' in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert "Draws of the secretariat" not in text_of(page)
    assert "Draws of the secretariat" in text_of(login_as(officers.keeper).get(PUBLIC_LIST))


def test_the_list_takes_the_same_queries_for_one_draw_and_for_three(client: Client, officers: Officers) -> None:
    make_draw(DrawStatus.ANNOUNCED, officers=officers)
    for number in (1, 3):
        with assert_query_count("lots:public-draw-list"):
            assert len(client.get(PUBLIC_LIST).context["page"].object_list) == number
        for _more in range(2):
            make_draw(DrawStatus.ANNOUNCED, officers=officers)


def test_the_page_takes_a_constant_number_of_queries(client: Client, officers: Officers) -> None:
    few = make_draw(DrawStatus.DRAWN, officers=officers, switches=Switches(load="soft"))
    many = make_draw(DrawStatus.DRAWN, officers=officers, is_training=False, as_of=LAUNCH_SESSION)
    Draw.objects.update(status=DrawStatus.PUBLISHED, published_by=officers.runner, published_at=few.run_at)
    for draw in (few, many):
        with assert_query_count("lots:public-draw"):
            client.get(page_of(draw))


def test_the_protocol_is_a_file_of_the_public_page_once_it_is_made(client: Client) -> None:
    draw = make_draw(DrawStatus.PUBLISHED)  # its own: that a page asked for it is noted in the cache
    with patch("lots.publication.services.protocols.render_public_protocols_task.delay") as asked:
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert not any(name.startswith("protocol") for name in downloads_of(client, draw))
            downloads_of(client, draw)
        asked.assert_called_once_with(str(draw.pk))
    render_public_protocols_task(str(draw.pk))
    render_public_protocols_task(str(draw.pk))
    names = [name for name in downloads_of(client, draw) if name.startswith("protocol")]
    assert names == ["protocol-ar.pdf", "protocol-en.pdf"]
    answer = client.get(file_of(draw, "protocol-en.pdf"))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert hashlib.sha256(answer.content).hexdigest() == downloads_of(client, draw)["protocol-en.pdf"]


def test_publishing_and_voiding_ask_for_the_protocol(client: Client, officers: Officers) -> None:
    with patch("lots.publication.services.protocols.render_public_protocols_task.delay") as asked:
        with TestCase.captureOnCommitCallbacks(execute=True):
            draw = make_draw(DrawStatus.PUBLISHED, officers=officers)
        asked.assert_called_once_with(str(draw.pk))
    render_public_protocols_task(str(draw.pk))
    Draw.objects.filter(pk=draw.pk).update(status=DrawStatus.VOIDED, voided_at=draw.published_at)
    render_public_protocols_task(str(draw.pk))
    names = [name for name in downloads_of(client, draw) if name.startswith("protocol")]
    assert names == ["protocol-voided-ar.pdf", "protocol-voided-en.pdf"]


def test_a_protocol_that_got_lost_is_asked_for_again_until_it_is_there(officers: Officers) -> None:
    empty_cache()
    with patch("lots.publication.services.protocols.render_public_protocols_task.delay") as asked:
        draw = make_draw(DrawStatus.PUBLISHED, officers=officers)
        asked.reset_mock()
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert (queue_missing_protocols(), queue_missing_protocols()) == (1, 0), "once in a while"
        asked.assert_called_once_with(str(draw.pk))
        empty_cache()  # the queue and the note of it were emptied
        assert queue_missing_protocols() == 1
        render_public_protocols_task(str(draw.pk))
        empty_cache()
        assert queue_missing_protocols() == 0


@pytest.mark.parametrize("status", [DrawStatus.ANNOUNCED, DrawStatus.DRAWN])
def test_before_the_publication_there_is_no_public_protocol(client: Client, status: DrawStatus) -> None:
    draw = make_draw(status)
    render_public_protocols_task(str(draw.pk))
    assert draw.files.filter(name__startswith="protocol").count() == 0
    assert client.get(file_of(draw, "protocol-en.pdf")).status_code == 404
