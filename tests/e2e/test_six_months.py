"""A focal point, two experts and four ministries over a whole self-assessment, and how many clicks it takes them."""

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.people.models import User
from questionnaires.responses.models import Answer, Proposal, ResponseSubmission
from questionnaires.reuse.models import ReusedAnswer
from reviews.cases.models import Participation
from tests import utils
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.people import give_passphrases
from tests.factories.accounts import UserFactory
from tests.questionnaires.offline.files import filled
from tests.questionnaires.reuse.earlier import sent_before
from tests.utils import make_cast

pytestmark = pytest.mark.django_db(transaction=True)
DOCUMENT = Path(__file__).parents[2] / "docs" / "users" / "ministries.md"
MINISTRIES = ("Ministry of Justice", "Customs Authority", "Police", "Border Guard")
FIREARMS, FIRST = "firearms/article-3", "I.firearms.68"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# From the first page after the sign-in.
CLICKS = {"first answer": 3, "send a part": 4, "who is late": 2, "adopt": 4, "clear": 3}


@dataclass
class Hand:
    """Somebody at a page of ``response``, whose clicks are counted."""

    page: Page
    home: str
    response: str
    width: int
    clicks: int = 0
    counted: dict[str, int] = field(default_factory=dict)

    def begin(self) -> None:
        """From the first page to the self-assessment, which is the first click."""
        self.page.goto(self.home)
        self.clicks = 0
        self.click(f"main a[href$='{urlsplit(self.response).path}']")

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state("load")
        self.clicks += 1

    def go(self, path: str = "") -> None:
        self.page.goto(f"{self.response}{path}")
        self.look()

    def look(self) -> None:
        assert_accessible(self.page)
        assert_fits(self.page, self.width)

    def done(self, what: str) -> None:
        self.counted[what] = self.clicks


SUBMIT = "main form[method=post] button[type=submit]"


def invited(focal_point: Hand, ministry: User) -> Participation:
    focal_point.page.goto(f"{focal_point.response}../participants/invite/")
    focal_point.page.fill("input[name=email]", ministry.email)
    focal_point.page.fill("input[name=full_name]", ministry.full_name)
    focal_point.click(SUBMIT)
    return Participation.objects.get(user=ministry)


def send(focal_point: Hand, part: Participation) -> None:
    """The section on firearms, with a date and a remark."""
    focal_point.begin()
    focal_point.click(f"a[href$='/assignments/{part.pk}/']")
    focal_point.page.fill("input[name=due_on]", (timezone.localdate() + dt.timedelta(7)).isoformat())
    focal_point.page.fill("textarea[name=remark]", "Please name the Act.")
    focal_point.click("input[name=firearms][value=article-3]")
    focal_point.click(SUBMIT)
    focal_point.done("send a part")


def propose(ministry: Hand, words: str) -> None:
    ministry.go()
    expect(ministry.page.locator("main")).to_contain_text("Please name the Act.")
    ministry.page.goto(f"{ministry.response}{FIREARMS}/")
    question = ministry.page.locator(f'[data-question="{FIRST}"]')
    question.locator("input[type=radio]").first.check()
    question.locator("textarea").first.fill(words)
    question.locator("textarea").first.blur()
    expect(ministry.page.locator("[data-overall].app-savebar__state--unsaved")).to_have_count(0)
    ministry.look()


def say(ministry: Hand, word: str, whom: str = "") -> None:
    ministry.go()
    ministry.click("a[href*='/ministries/parts/']")
    ministry.look()
    ministry.page.check(f"input[name=said][value={word}]")
    if whom:
        ministry.page.fill("[name=word]", whom)
    ministry.click(SUBMIT)


def bring_what_came_by_mail(focal_point: Hand, part: Participation) -> None:
    """A ministry without an account of use filled in Word."""
    focal_point.go("ministries/")
    with focal_point.page.expect_download() as waiting:
        focal_point.page.locator(f"main a[href*='{part.pk}'][href*='kind=docx']").click()
    mailed = filled(Path(waiting.value.path()).read_bytes(), "docx", {FIRST: {"text": "By the Customs Act."}})
    focal_point.go("offline/")
    focal_point.page.check(f"[name=into][value='{part.pk}']")
    focal_point.page.set_input_files("[name=file]", {"name": "answers.docx", "mimeType": DOCX, "buffer": mailed})
    focal_point.click(SUBMIT)
    focal_point.look()
    focal_point.click(SUBMIT)
    assert Proposal.objects.get(participation=part).text == "By the Customs Act."


def give_back(focal_point: Hand, part: Participation) -> None:
    proposal = Proposal.objects.get(participation=part)
    focal_point.page.goto(f"{focal_point.response}proposals/{FIRST}/{proposal.pk}/return/")
    focal_point.page.fill("textarea[name=reason]", "Of which year?")
    focal_point.click(SUBMIT)


def answer_the_return(ministry: Hand) -> None:
    ministry.go(f"{FIREARMS}/")
    expect(ministry.page.locator(".app-beside")).to_contain_text("Of which year?")
    ministry.click(".app-beside a")
    ministry.click(SUBMIT)


def see_who_is_late(focal_point: Hand) -> None:
    focal_point.begin()
    focal_point.click("main a[href$='/ministries/']")
    focal_point.done("who is late")
    focal_point.look()
    for name in MINISTRIES:
        expect(focal_point.page.locator("main")).to_contain_text(name)


def adopt(focal_point: Hand, words: str) -> None:
    """From the count of what is proposed to the official answer."""
    focal_point.begin()
    focal_point.click("#n-proposed")
    focal_point.look()
    focal_point.click(f"main a[href$='/proposals/{FIRST}/']")
    focal_point.look()
    focal_point.click(f".app-proposal:has-text('{words}') form button[type=submit]")
    focal_point.done("adopt")
    assert Answer.objects.get(question__code=FIRST).text == words


def begin(expert: Hand) -> None:
    """The first answer of all."""
    expert.begin()
    expert.click("[data-continue]")
    expert.click("[data-question]:not([hidden]) input[type=radio]:visible")
    expert.done("first answer")
    expect(expert.page.locator("[data-overall].app-savebar__state--unsaved")).to_have_count(0)
    assert Answer.objects.exists()


def keep_what_is_still_correct(focal_point: Hand) -> None:
    """Of the answers that the State sent in an earlier phase, the first; what it would do is shown before."""
    focal_point.go()
    focal_point.click("main a[href$='/response/earlier/']")
    focal_point.look()
    focal_point.page.locator("main details summary").first.click()
    focal_point.page.locator("input[name=take]").first.check()
    focal_point.click(SUBMIT)
    focal_point.look()
    focal_point.click(SUBMIT)
    assert ReusedAnswer.objects.count() == 1


def have_it_read(focal_point: Hand, second_expert: Hand) -> None:
    """The other expert finds it in *My work*, and has nothing to add."""
    focal_point.go("clear/")
    focal_point.click("form[action$='/second-reader/'] button")
    second_expert.page.goto(second_expert.home)
    second_expert.click("main a[href$='/response/second-reading/']")
    second_expert.look()
    second_expert.page.check("input[name=verdict][value=fine]")
    second_expert.click(SUBMIT)


def clear(focal_point: Hand) -> None:
    focal_point.begin()
    focal_point.click("a[href$='/response/clear/']")
    focal_point.look()
    focal_point.click("main form:has(.app-statement) button[type=submit]")
    focal_point.done("clear")


def recall(focal_point: Hand) -> None:
    focal_point.go()
    focal_point.click("a[href$='/response/recall/']")
    focal_point.look()
    focal_point.page.fill("textarea[name=reason]", "One Act was left out.")
    focal_point.click(SUBMIT)


def test_the_clicks_are_those_of_the_document() -> None:
    rows = re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert {what: int(clicks) for what, clicks in rows} == CLICKS


@pytest.mark.prove
@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_six_ministries_of_a_state_reach_the_version_that_is_sent(
    live_server: LiveServer, sign_in: SignIn, language: str, width: int
) -> None:
    cast = make_cast()
    sent_before(answers={"II.untoc.23": {"choices": ("Yes",)}}, phase=2)
    give_passphrases(cast)
    home = f"{live_server.url}/{language}/"
    response = f"{home}untoc/reviews/{cast.review.code}/response/"

    def hand(user: User) -> Hand:
        return Hand(sign_in(user, language=language, width=width), home, response, width)

    focal_point, expert, second_expert = map(hand, (cast.focal_point, cast.expert, cast.second_expert))
    begin(expert)
    people = [UserFactory(organization=name) for name in MINISTRIES]
    parts = [invited(focal_point, person) for person in people]
    for part in parts:
        send(focal_point, part)
    justice, _customs, police, border = (hand(person) for person in people)
    propose(justice, "By the Firearms Act.")
    say(justice, "done")
    bring_what_came_by_mail(focal_point, parts[1])
    propose(police, "By the Police Act.")
    give_back(focal_point, parts[2])
    answer_the_return(police)
    say(border, "not_ours", "The Customs Authority.")
    keep_what_is_still_correct(focal_point)
    see_who_is_late(focal_point)
    adopt(focal_point, "By the Firearms Act.")
    list(utils.answer_all(utils.fresh(cast).response, cast.second_expert))
    have_it_read(focal_point, second_expert)
    clear(focal_point)
    recall(focal_point)
    clear(focal_point)
    versions = ResponseSubmission.objects.filter(review=cast.review).order_by("number")
    assert [each.number for each in versions] == [1, 2]
    assert expert.counted | focal_point.counted == CLICKS
