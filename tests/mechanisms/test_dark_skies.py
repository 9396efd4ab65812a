"""A second mechanism is data: a review of it, from the draw to the published text, and its pages on the way.

It has what the first one has not: one reviewing State, no consultations, no dialogue, one agreed text, clusters with
letters, three headings, steps with names of its own.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.errors import ServiceError
from lots.algorithm import Switches
from lots.draws.models import Draw
from lots.preparation.selectors.inputs import input_for, input_of, report_on
from observations.publications.services import publish_text
from observations.texts.enums import TextKind, TextStatus
from observations.texts.models import AgreedText
from observations.texts.selectors import headings_of
from observations.versions.selectors import standing_version
from questionnaires.responses.models import Response
from questionnaires.sending.services import open_response, submit_response_for_clearance
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.programme.models import Limit
from tests import journey
from tests.caches import empty_cache
from tests.lots.making import Officers
from tests.mechanisms.world import AS_OF, SLUG, TODAY, World, files_in, in_june, load, prepared
from tests.utils import answer_all, clear_answers, login_as

pytestmark = pytest.mark.django_db
VERIFIER = Path(__file__).resolve().parents[2] / "lots" / "verifier" / "verify.py"
FOCAL_POINT, EXPERT = ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        empty_cache()  # which terms hold is kept, and others held in other tests
        yield
    empty_cache()


IN_JUNE = pytest.mark.kept.with_args(in_june)


@pytest.fixture
def made(kept: World) -> World:
    return kept


def step_of(review: Review) -> str:
    return journey.fresh(review).step.slug


def reached(review: Review) -> set[str]:
    return set(review.milestones.exclude(reached_on=None).values_list("plan__slug", flat=True))


def send_answers(made: World) -> Response:
    response = open_response(made.officers.keeper, made.review)
    for _code, _saved in answer_all(response, made.own[EXPERT]):
        pass
    submit_response_for_clearance(made.own[EXPERT], response)
    clear_answers(made.own[FOCAL_POINT], response)
    return response


def publish_all(made: World) -> None:
    for text in AgreedText.objects.filter(review=made.review):
        version = standing_version(text)
        assert version is not None
        publish_text(actor=made.own[FOCAL_POINT], text=text, sha256=version.sha256, names_experts=False)


def test_loading_it_changes_nothing_of_the_first_and_loading_again_changes_nothing() -> None:
    assert load().differences == []
    assert load().differences == []
    assert Limit.objects.filter(mechanism__slug="untoc").exists()


@IN_JUNE
def test_its_draw_names_its_instruments_and_its_one_role_and_is_verified(made: World, tmp_path: Path) -> None:
    files = files_in(made.draw)
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    said = json.loads(files["draw.json"])
    assert (said["format"], said["instruments"], said["roles"]) == (2, ["nightsky", "observatories"], ["other_group"])
    verified = subprocess.run([sys.executable, str(VERIFIER), str(tmp_path)], capture_output=True, check=False)
    assert verified.returncode == 0, verified.stdout.decode()
    assert Review.objects.filter(mechanism__slug=SLUG).count() == 23


def test_the_report_before_its_draw_asks_for_nobody_of_the_own_group() -> None:
    load()
    report = report_on(input_of(prepared(Officers())))
    assert (report.is_possible, report.asks_for_own_group) == (True, False)


@IN_JUNE
def test_a_review_goes_from_the_draw_to_the_published_texts(made: World) -> None:
    review = made.review
    assert step_of(review) == "national-report"
    assert reached(review) == {"focal_points_named"}
    send_answers(made)
    assert step_of(review) == "comments"
    journey.send_all_feedback(review)
    assert step_of(review) == "country-note"
    assert reached(review) == {"focal_points_named", "report_sent", "comments_sent"}
    journey.write_lists(review)
    journey.agree_on_all(review, TextKind.LIST_OF_OBSERVATIONS)
    assert step_of(review) == "finished"
    assert reached(review) >= {"note_agreed", "review_finished"}
    texts = AgreedText.objects.filter(review=review)
    assert {(text.instrument.slug, text.kind, text.status) for text in texts} == {
        (slug, TextKind.LIST_OF_OBSERVATIONS, TextStatus.AGREED) for slug in ("nightsky", "observatories")
    }
    publish_all(made)
    public = Client().get(f"/en/published/{SLUG}/{review.code}/nightsky/list_of_observations/").content.decode()
    assert "Country note on" in public
    assert "Points to mend in the application of the Night Sky Convention" in public
    assert "organized" not in public.casefold()


@IN_JUNE
def test_its_document_numbers_the_paragraphs_that_its_blueprint_has(made: World) -> None:
    send_answers(made)
    journey.send_all_feedback(made.review)
    journey.write_lists(made.review)
    text = AgreedText.objects.get(review=made.review, instrument__slug="nightsky")
    journey.agree_on(text)
    version = standing_version(text)
    assert version is not None
    assert [block["number"] for block in version.document["blocks"] if block["number"]] == [1, 2, 3]
    assert [heading.letter for heading in headings_of(made.review)] == ["i", "ii", "iii"]


PAGES = (
    "portal:review-detail",
    "reviews:participant-list",
    "reviews:dates",
    "questionnaires:response-detail",
    "portal:desk",
    "observations:text-list",
    "observations:observation-list",
)


def open_pages(client: Client, language: str, made: World) -> dict[str, int]:
    found = {}
    for name in PAGES:
        address = reverse(name, args=[SLUG, made.review.code]).replace("/en/", f"/{language}/", 1)
        found[name] = client.get(address).status_code
    return found


@pytest.mark.parametrize("language", ["en", pytest.param("ar", marks=pytest.mark.prove)])
@IN_JUNE
def test_its_pages_open_at_each_step(made: World, language: str) -> None:
    def look() -> None:
        for user in made.people:
            got = open_pages(login_as(Client(), user), language, made)
            assert {name for name, status in got.items() if status not in {200, 403, 404}} == set()
            assert got["portal:review-detail"] == 200
        assert login_as(Client(), made.own[FOCAL_POINT]).get(f"/{language}/{SLUG}/reviews/").status_code == 200

    look()
    send_answers(made)
    look()
    journey.send_all_feedback(made.review)
    journey.write_lists(made.review)
    look()
    journey.agree_on_all(made.review, TextKind.LIST_OF_OBSERVATIONS)
    look()


@IN_JUNE
def test_its_pages_speak_of_no_step_that_it_has_not(made: World) -> None:
    client = login_as(Client(), made.own[FOCAL_POINT])
    review = client.get(f"/en/{SLUG}/reviews/{made.review.code}/").content.decode()
    assert "onsultations" not in review
    send_answers(made)
    journey.send_all_feedback(made.review)
    assert "Summaries" not in client.get(f"/en/{SLUG}/reviews/{made.review.code}/texts/").content.decode()


@IN_JUNE
def test_its_pages_call_its_steps_as_it_does(made: World) -> None:
    address = f"/en/{SLUG}/reviews/{made.review.code}/"
    client = login_as(Client(), made.own[FOCAL_POINT])
    assert 'id="answers">National report' in client.get(address).content.decode()
    send_answers(made)
    sent = client.get(address).content.decode()
    assert ("Sent: Comments of the reviewing State" in sent, "Agreed: Country note" in sent) == (True, True)
    for word in ("Written feedback", "written feedback", "ists of observations"):
        assert word not in sent
    officer = login_as(Client(), made.officers.keeper)
    offered = officer.get(reverse("reviews:bringing-list", args=[SLUG])).content.decode()
    for word in ("National report", "Comments of the reviewing State", "Country note"):
        assert f"{word}</a>:" in offered
    assert "ummaries" not in offered
    for page in ("programme", f"reviews/{made.review.code}"):
        assert "resolution 10/" not in officer.get(f"/en/{SLUG}/{page}/").content.decode().casefold()


@IN_JUNE
def test_two_duties_in_two_roles_are_not_offered_and_refused(made: World) -> None:
    client = login_as(Client(), made.officers.keeper)
    assert 'value="two"' not in client.get(f"/en/{SLUG}/draws/prepare/").content.decode()
    phase = made.mechanism.phases.get(number=2)
    with pytest.raises(ServiceError, match="One reviewing State is drawn") as refusal:
        input_for(phase, AS_OF, Switches(load="two"), is_training=True)
    assert refusal.value.field == "load"


@IN_JUNE
def test_the_pages_of_its_programme_and_its_draw_open_for_an_officer(made: World) -> None:
    client = login_as(Client(), made.officers.keeper)
    addresses = [f"/en/{SLUG}/{page}/" for page in ("programme", "cockpit", "draws", f"draws/{made.draw.code}")]
    addresses += [f"/en/{SLUG}/reviews/open/", f"/en/draws/{SLUG}/{made.draw.code}/", "/en/questionnaires/"]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    opening = client.get(f"/en/{SLUG}/reviews/open/").content.decode()
    assert "other_group_1" in opening
    assert "same_group_1" not in opening


@IN_JUNE
def test_nothing_of_it_is_of_the_first_format(made: World) -> None:
    assert Draw.objects.get().terms["instruments"] == ["nightsky", "observatories"]
