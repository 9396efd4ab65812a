"""The ceremony page without scripts: everything is there as tables, for the secretariat alone."""

import gzip
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from core.models import Job
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw
from lots.results.selectors import drawn_states
from tests.factories.accounts import AuditorFactory, UserFactory
from tests.lots.making import LAUNCH_SESSION, PUBLIC_VALUE, Officers, commit, make_draw, record_seed, reveal, taken_to
from tests.query_counts import assert_query_count

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
FIRST_PAGE = 100_000  # bytes, compressed


def address_of(draw: Draw, name: str = "draw-ceremony") -> str:
    return reverse(f"lots:{name}", args=[draw.mechanism.slug, draw.code])


def content_of(client: Client, draw: Draw, **query: str) -> str:
    http_response = client.get(address_of(draw), query)
    assert http_response.status_code == 200
    return http_response.content.decode()


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^<>]*>", "", html).split())


def seen_in(html: str) -> str:
    found = re.search(r"\?seen=([\w-]+)", html)
    assert found
    return found[1]


def test_before_the_run_input_commitment_and_sources_are_shown(login_as: LoginAs, officers: Officers) -> None:
    draw = make_draw(DrawStatus.ANNOUNCED, officers=officers, public_values=(PUBLIC_VALUE,))
    text = text_of(content_of(login_as(officers.runner), draw))
    for words in (draw.input_sha256, draw.commitment_sha256, PUBLIC_VALUE, "African States", "No commitment yet"):
        assert words in text
    assert "Commitments recorded: 0 of 5." in text


def test_parts_of_the_seed_are_shown_as_they_come_in(login_as: LoginAs, officers: Officers) -> None:
    draw = make_draw(DrawStatus.ANNOUNCED, officers=officers)
    client = login_as(officers.runner)
    seen = seen_in(content_of(client, draw))
    for part in draw.seed_parts.all():
        commit(part, officers.keeper, value="4711")
    fragment = client.get(address_of(draw), {"seen": seen}, headers={"hx-request": "true"})
    html = fragment.content.decode()
    assert "<html" not in html
    assert text_of(html).count("Has committed to a value") == 5
    assert "4711" not in html
    reveal(draw.seed_parts.get(source="african"), officers.keeper, value="4711")
    html = client.get(address_of(draw), {"seen": seen_in(html)}, headers={"hx-request": "true"}).content.decode()
    assert '<p class="app-seed__value"><bdi>4711</bdi></p>' in html
    assert "Values recorded: 1 of 5." in text_of(html)


def test_nothing_is_sent_while_nothing_is_new(login_as: LoginAs, officers: Officers) -> None:
    draw = make_draw(DrawStatus.ANNOUNCED, officers=officers)
    client = login_as(officers.runner)
    seen = seen_in(content_of(client, draw))
    http_response = client.get(address_of(draw), {"seen": seen}, headers={"hx-request": "true"})
    assert (http_response.status_code, http_response.content) == (204, b"")


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_the_page_is_loaded_anew_after_the_run(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    http_response = login_as(officers.runner).get(address_of(draw), {"seen": "x"}, headers={"hx-request": "true"})
    assert http_response["HX-Refresh"] == "true"


def test_only_another_officer_is_offered_to_run_the_draw(login_as: LoginAs, officers: Officers) -> None:
    draw = make_draw(DrawStatus.ANNOUNCED, officers=officers)
    assert "Run the draw" not in content_of(login_as(officers.runner), draw)
    record_seed(draw, officers.keeper)
    assert address_of(draw, "draw-run") in content_of(login_as(officers.runner), draw)
    refused = content_of(login_as(officers.keeper), draw)
    assert address_of(draw, "draw-run") not in refused
    assert "Two different officers are needed" in refused


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_the_result_is_there_as_tables(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    html = content_of(login_as(officers.runner), draw)
    rows = re.findall(r"<tr [^>]*data-turn=\"(\w{3})\".*?</tr>", html, re.DOTALL)
    states = drawn_states(draw)
    assert rows == [drawn.state.iso3 for drawn in states]
    for drawn in states:
        row = re.search(rf"<tr [^>]*data-turn=\"{drawn.state.iso3}\".*?</tr>", html, re.DOTALL)
        assert row
        names = re.findall(r"<bdi class=\"app-link__name\">(.*?)</bdi>", row[0])
        assert names == [str(link.state) for link in (*drawn.reviewers, *drawn.duties)]


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_every_step_has_its_number(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    html = content_of(login_as(officers.runner), draw)
    assert [int(step) for step in re.findall(r"data-step=\"(\d+)\" data-in-group", html)] == [*range(1, 26)]
    assert [int(step) for step in re.findall(r"data-turn=\"\w+\" data-step=\"(\d+)\"", html)] == [*range(26, 51)]
    assert 'max="51"' in html


@pytest.mark.parametrize("asked", ["Aldermark", "xal", "alderm"])
@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_a_state_is_found_without_scripts(login_as: LoginAs, officers: Officers, asked: str, draw: Draw) -> None:
    html = content_of(login_as(officers.runner), draw, state=asked)
    drawn = next(one for one in drawn_states(draw) if one.state.iso3 == "XAL")
    found = html.split("data-found aria-live")[1].split("</section>")[0]
    for link in (*drawn.reviewers, *drawn.duties):
        assert str(link.state) in found
    assert html.count("app-arc--selected") == len(drawn.reviewers) + len(drawn.duties)
    assert f'value="{asked}"' in html


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_who_looks_for_a_state_that_is_not_there_is_told_so(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    html = content_of(login_as(officers.runner), draw, state="<Atlantis>")
    assert "No State in this draw has this name or code." in html.split("data-found aria-live")[1]
    assert 'value="&lt;Atlantis&gt;"' in html


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_all_as_tables_comes_without_the_script(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    client = login_as(officers.runner)
    assert "js/ceremony" in content_of(client, draw)
    html = content_of(client, draw, view="tables")
    assert "js/ceremony" not in html
    assert "data-show" not in html


@pytest.mark.kept(taken_to, DrawStatus.VOIDED)
def test_a_voided_draw_keeps_its_ceremony_and_says_so(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    html = content_of(login_as(officers.runner), draw)
    assert "This draw was voided. Its record stays." in html
    assert "data-turn" in html


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_nobody_but_the_secretariat_finds_it(client: Client, login_as: LoginAs, draw: Draw) -> None:
    assert client.get(address_of(draw)).status_code == 302
    assert login_as(AuditorFactory()).get(address_of(draw)).status_code == 200
    assert login_as(UserFactory()).get(address_of(draw)).status_code == 404


def test_there_is_no_style_or_script_inside_of_the_page(login_as: LoginAs, officers: Officers) -> None:
    html = content_of(login_as(officers.runner), make_draw(DrawStatus.DRAWN, officers=officers))
    assert not re.search(r"\sstyle=|<style|\son\w+=", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_numbers_of_the_picture_are_written_with_a_point_in_every_language(
    login_as: LoginAs, officers: Officers, draw: Draw
) -> None:
    client = login_as(officers.runner)
    html = client.get(address_of(draw).replace("/en/", "/ar/")).content.decode()
    places = re.findall(r"<use href=\"#mark-\d\" x=\"([^\"]+)\" y=\"([^\"]+)\"", html)
    assert len(places) == 25
    assert all(re.fullmatch(r"\d+\.\d", number) for place in places for number in place)


def test_190_states_fit_into_a_first_page(login_as: LoginAs, officers: Officers) -> None:
    draw = make_draw(DrawStatus.DRAWN, officers=officers, as_of=LAUNCH_SESSION, is_training=False)
    html = content_of(login_as(officers.runner), draw)
    assert html.count("data-turn=") == 190
    assert len(gzip.compress(html.encode(), 6)) < FIRST_PAGE


def test_the_page_takes_as_many_queries_for_many_states_as_for_few(login_as: LoginAs, officers: Officers) -> None:
    few = make_draw(DrawStatus.DRAWN, officers=officers)
    many = make_draw(DrawStatus.DRAWN, officers=officers, as_of=LAUNCH_SESSION, is_training=False)
    client = login_as(officers.runner)
    for draw in (few, many):
        content_of(client, draw)
        with assert_query_count("lots:draw-ceremony"):
            content_of(client, draw)


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_the_protocol_is_queued_in_the_language_of_the_page(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    client = login_as(officers.runner)
    http_response = client.post(f"{address_of(draw, 'draw-detail')}protocol/pdf/".replace("/en/", "/ar/"))
    job = Job.objects.get()
    assert (job.language, job.target_id) == ("ar", draw.pk)
    assert http_response["Location"] == f"/ar/jobs/{job.pk}/"
    page = client.get(f"/en/jobs/{job.pk}/").content.decode()
    assert "Protocol of the drawing of lots" in page
    assert address_of(draw, "draw-detail") in page
    assert login_as(UserFactory()).get(f"/en/jobs/{job.pk}/").status_code == 404


def test_before_the_run_there_is_no_protocol_and_the_page_says_so(login_as: LoginAs, officers: Officers) -> None:
    draw = make_draw(DrawStatus.SEEDED, officers=officers)
    http_response = login_as(officers.runner).post(f"{address_of(draw, 'draw-detail')}protocol/pdf/", follow=True)
    assert "There is a protocol as soon as the draw has been run." in http_response.content.decode()
    assert not Job.objects.exists()
