"""A whole review, driven by nine people of three States and the secretariat, up to the public text."""

import io
import re

import pytest
from django.utils import timezone
from docx import Document as WordDocument
from playwright.sync_api import Browser, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from observations.texts.enums import TextKind
from observations.texts.models import AgreedText
from observations.versions.selectors import standing_version
from questionnaires.definitions.selectors import index_of
from questionnaires.responses.models import Response
from reviews.cases.models import Review
from tests.e2e.conftest import SignIn
from tests.e2e.people import give_passphrases
from tests.e2e.questionnaire import answer_section, open_section
from tests.e2e.travel import Traveller
from tests.utils import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)

INSTRUMENTS = ("untoc", "tip", "som", "firearms")
LIST, SUMMARY = TextKind.LIST_OF_OBSERVATIONS, TextKind.SUMMARY
GAP = "The definition of witnesses in the law is narrower than that of the Convention."
BETTER_GAP = "The definition of witnesses in the law does not cover relatives of witnesses."
PRACTICE = "The specialized unit that supports witnesses before, during and after the trial is a good practice."
TRAVELLERS = (
    "officer",
    "focal_point",
    "expert",
    "second_expert",
    "same_group_focal_point",
    "same_group_expert",
    "other_group_focal_point",
    "other_group_expert",
    "same_group_observer",
)


class Company:
    """Everybody with a browser open; ``company["expert"]`` is the first expert of the State under review."""

    def __init__(self, cast: Cast, live_server: LiveServer, sign_in: SignIn) -> None:
        root = f"{live_server.url}/en/untoc/reviews/{cast.review.code}"
        self.cast = cast
        self.travellers = {name: Traveller(sign_in(cast.people[name], by_form=True), root) for name in TRAVELLERS}

    def __getitem__(self, name: str) -> Traveller:
        return self.travellers[name]

    @property
    def step(self) -> str:
        return Review.objects.get(pk=self.cast.review.pk).step.slug

    def agree(self, instrument: str, kind: TextKind, *, resolves: bool = False) -> None:
        self["same_group_focal_point"].propose(instrument, kind)
        self["focal_point"].clear(instrument, kind, resolves=resolves)
        self["other_group_focal_point"].clear(instrument, kind)
        self["other_group_focal_point"].sees("agreed")


@pytest.mark.prove
@pytest.mark.usefixtures("worker")
def test_three_states_take_a_review_to_its_published_text(
    live_server: LiveServer, sign_in: SignIn, browser: Browser
) -> None:
    cast = make_cast("consultations")
    give_passphrases(cast)
    company = Company(cast, live_server, sign_in)
    consult(company)
    assess(company)
    give_feedback(company)
    hold_dialogue(company)
    draft_and_agree(company)
    summarize(company)
    read_documents(company)
    publish(company, live_server, browser)


def consult(company: Company) -> None:
    company["other_group_focal_point"].propose_english()
    company["same_group_focal_point"].confirm()
    company["focal_point"].confirm()
    company["focal_point"].sees("All States have confirmed")
    company["officer"].go("")
    company["officer"].press("Open the self-assessment")
    assert company.step == "self_assessment"


def assess(company: Company) -> None:
    """Two experts answer a section each; the focal point clears and sends."""
    response = Response.objects.get(review=company.cast.review)
    index = index_of(response.version_id)
    for name, address in (("expert", ("untoc", "article-15")), ("second_expert", ("firearms", "article-5"))):
        page = company[name].page
        open_section(page, company[name].root, index.section_at(*address))
        assert answer_section(page, f"Answer of the {name} on") > 1
    company["focal_point"].go("response/clear/")
    company["focal_point"].press("Clear and send")
    assert company.step == "written_feedback"


def give_feedback(company: Company) -> None:
    company["same_group_expert"].go("desk/untoc/article-15/")
    company["same_group_expert"].sees("Answer of the expert on")
    company["same_group_expert"].comment("XLE", "Feedback of the first reviewing State.")
    company["other_group_expert"].comment("XAL", "Feedback of the second reviewing State.")
    company["same_group_expert"].ask("Which courts have applied this provision?")
    company["same_group_focal_point"].act_on_clarification("Send", "Send the request")
    company["same_group_focal_point"].clear_feedback("XLE")
    assert company.step == "written_feedback"
    company["other_group_focal_point"].clear_feedback("XAL")
    assert company.step == "dialogue"
    company["same_group_observer"].go("feedback/XAL/")
    company["same_group_observer"].sees("Feedback of the second reviewing State.")


def hold_dialogue(company: Company) -> None:
    company["expert"].act_on_clarification("Answer")
    company["expert"].page.fill("textarea[name=text]", "The courts of appeal of three regions.")
    company["expert"].page.locator("main form").last.locator("button[type=submit]").click()
    company["focal_point"].act_on_clarification("Send the answer", "Send the answer")
    company["same_group_expert"].go("clarifications/")
    company["same_group_expert"].sees("The courts of appeal of three regions.")
    company["same_group_focal_point"].act_on_clarification("Close", "Close the request")
    company["expert"].add_source("Act on the protection of witnesses")
    company["focal_point"].go("dialogue/")
    company["focal_point"].page.locator("main").get_by_role("button", name="Send").first.click()
    company["focal_point"].page.locator("main form button[type=submit]").last.click()
    company["other_group_focal_point"].record_meeting(timezone.localdate().isoformat())
    for name in ("other_group_focal_point", "focal_point", "same_group_focal_point"):
        assert company.step == "dialogue"
        company[name].conclude_dialogue()
    assert company.step == "observations"


def draft_and_agree(company: Company) -> None:
    """One State objects to the first wording; the second one is agreed.

    It is typed into a form that was opened before the draft was laid on the table: it does not get there by that save.
    """
    company["same_group_expert"].draft_observation("untoc", "gap_or_challenge", GAP)
    company["other_group_expert"].draft_observation("untoc", "best_practice", PRACTICE)
    for instrument in INSTRUMENTS[1:]:
        company["same_group_expert"].draft_observation(instrument, "suggestion", f"A suggestion on {instrument}.")
    expert, focal_point = company["same_group_expert"], company["same_group_focal_point"]
    expert.go("observations/")
    expert.page.locator("article", has_text=GAP).get_by_role("link", name="Change").click()
    expert.sees("only Lestovia reads what is saved there")
    assert focal_point.lay_all_on_table() == 4
    assert company["other_group_focal_point"].lay_all_on_table() == 1

    focal_point.propose("untoc", LIST)
    company["focal_point"].object("untoc", LIST, "The law was amended in 2021.")
    expert.page.fill("textarea[name=text]", BETTER_GAP)
    expert.press("Save")
    expert.sees("Nothing was saved", "only your State read this text", "and the secretariat read what is saved there")
    expert.press("Keep it as a draft in the room of my State")
    expert.sees(BETTER_GAP, GAP)
    company["focal_point"].go("observations/")
    company["focal_point"].sees(GAP)
    expect(company["focal_point"].page.locator("main")).not_to_contain_text(BETTER_GAP)
    focal_point.lay_in_its_place()
    company["focal_point"].go("observations/")
    company["focal_point"].sees(BETTER_GAP)
    for instrument in INSTRUMENTS:
        company.agree(instrument, LIST, resolves=instrument == "untoc")
    assert company.step == "summary"


def summarize(company: Company) -> None:
    for instrument in INSTRUMENTS:
        company.agree(instrument, SUMMARY)
    assert company.step == "closed"


def read_documents(company: Company) -> None:
    text = AgreedText.objects.get(review=company.cast.review, instrument__slug="untoc", kind=LIST)
    version = standing_version(text)
    assert version is not None
    reader = company["same_group_observer"]
    pdf = PdfReader(io.BytesIO(reader.document("untoc", LIST, "PDF")))
    printed = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    word = WordDocument(io.BytesIO(reader.document("untoc", LIST, "Word")))
    written = " ".join(paragraph.text for paragraph in word.paragraphs)
    for words in (
        "Review by Aldermark and Lestovia of the implementation by Veskaria",
        BETTER_GAP,
        PRACTICE,
        "Act on the protection of witnesses",
        "videoconferences",
        "Second Expert",
        "Other Group Expert",
    ):
        assert words in printed, words
        assert words in " ".join(written.split()), words
    assert GAP not in printed
    assert GAP not in written
    assert version.sha256 in re.sub(r"\s", "", printed)
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert "Draft" not in printed
    summary = PdfReader(io.BytesIO(reader.document("firearms", SUMMARY, "PDF")))
    assert "deposited its instrument of accession" in " ".join(
        " ".join(page.extract_text() for page in summary.pages).split()
    )


def publish(company: Company, live_server: LiveServer, browser: Browser) -> None:
    public = f"{live_server.url}/en/published/untoc/{company.cast.review.code}/untoc/{LIST}/"
    outsider = browser.new_context().new_page()
    assert outsider.goto(public).status == 404  # type: ignore[union-attr]
    company["focal_point"].go(f"texts/untoc/{LIST}/publication/")
    company["focal_point"].press("Publish without the names of the experts")
    outsider.goto(public)
    expect(outsider.locator("main")).to_contain_text(BETTER_GAP)
    expect(outsider.locator("main")).not_to_contain_text("Second Expert")
    outsider.goto(f"{live_server.url}/en/published/")
    expect(outsider.locator("main")).to_contain_text("Veskaria")
    outsider.goto(f"{live_server.url}/en/untoc/reviews/{company.cast.review.code}/")
    expect(outsider).to_have_url(re.compile("/sign-in/"))
    outsider.context.close()
