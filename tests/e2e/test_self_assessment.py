"""The main job: the whole of cluster I by three people, cleared, sent, read by the other side, and printed."""

import io
import re
from collections import deque

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from core.hashes import document_hash
from questionnaires.definitions.selectors import index_of
from questionnaires.responses.models import Answer, ResponseSubmission
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import give_passphrases
from tests.e2e.questionnaire import answer_section, open_section
from tests.utils import answer_all, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


SECTIONS = 25  # nothing falls away: four instruments, and not a party to UNCAC


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("by_hand", [6, pytest.param(SECTIONS, marks=pytest.mark.prove)])
def test_three_people_answer_cluster_one_and_the_focal_point_sends_it(
    by_hand: int, live_server: LiveServer, sign_in: SignIn
) -> None:
    """``by_hand``: how many sections are answered on their pages; the others are saved without a browser."""
    cast = make_cast()
    give_passphrases(cast)
    assert cast.response is not None
    root = f"{live_server.url}/en/untoc/reviews/{cast.review.code}"
    places = index_of(cast.response.version_id).applicable_sections(cast.response.party_to)
    assert len(places) == SECTIONS

    writers = {"expert": "Written by the first expert on", "second_expert": "Written by the second expert on"}
    pages = {name: sign_in(cast.people[name]) for name in (*writers, "focal_point")}
    for number, place in enumerate(places[:by_hand]):
        name = ("expert", "second_expert", "focal_point")[number % 3]
        open_section(pages[name], root, place)
        answer_section(pages[name], writers.get(name, "Written by the focal point on"))
    deque(answer_all(cast.response, cast.expert, first=by_hand))
    assert Answer.objects.filter(response=cast.response).count() > 150

    focal_point = pages["focal_point"]
    focal_point.goto(f"{root}/response/missing/")
    expect(focal_point.locator("main")).to_contain_text("Nothing is missing")
    focal_point.goto(f"{root}/response/clear/")
    assert_accessible(focal_point)
    focal_point.get_by_role("button", name="Clear and send").click()
    submission = ResponseSubmission.objects.get(review=cast.review)
    assert submission.sha256 == document_hash(submission.document)
    expect(focal_point.locator("main")).to_contain_text(submission.sha256)

    reviewer = sign_in(cast.other_group_expert)
    reviewer.goto(f"{root}/submission/")
    assert_accessible(reviewer)
    reviewer.get_by_role("button", name="PDF", exact=True).click()
    with reviewer.expect_download(timeout=120_000) as download:
        reviewer.get_by_role("button", name="Download the document").or_(
            reviewer.get_by_role("link", name="Download the document")
        ).click(timeout=120_000)
    document = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in document.pages))
    for words in (*writers.values(), "Written by the focal point on"):
        assert words in text
    assert "Is participation in an organized criminal group criminalized" in text
    assert submission.sha256 in text.replace(" ", "")
    assert document.trailer["/Root"]["/Lang"] == "en"
