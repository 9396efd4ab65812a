"""Three States in three languages, from sent answers to a published list and summary, by what the pages show.

The texts are in English, a translator brings them into French, and one delegate is on Arabic pages, on a phone.
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from core.documents.xliff import read_xliff, write_xliff
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation
from observations.versions.selectors import standing_version
from reviews.cases.models import Review
from tests import journey, utils
from tests.at_once import lay_on_table
from tests.core.documents.akn_schema import valid_akn
from tests.e2e.conftest import SignIn
from tests.e2e.delegation import Delegation
from tests.e2e.editor import surface
from tests.observations.translations.orders import TRANSLATOR, translator
from tests.utils import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
LIST, SUMMARY = TextKind.LIST_OF_OBSERVATIONS, TextKind.SUMMARY
THEIRS = "Le champ de la loi sur les témoins est étroit."
OURS = "عرّفت الدولة الشهود تعريفًا واضحًا."
QUESTION, ANSWER = "أي المحاكم طبّقت هذا الحكم؟", "The courts of appeal of three regions."
ASKED, SAID = "Are relatives of witnesses protected?", "نعم، بموجب قانون عام ٢٠١٩."
GAP = "The State should widen its definition of witnesses."
ENDING, CLAIM = " It should cover their relatives.", " It is the best in the region."
BETTER = "The State should define witnesses as the Convention does."
PRACTICE = "The unit that supports witnesses is a good practice."
REASON = "لا تقارن الاستعراضات بين الدول."


class Table:
    """The three delegations, and the review between them."""

    def __init__(self, cast: Cast, live_server: LiveServer, sign_in: SignIn) -> None:
        self.cast, self.sign_in, self.url = cast, sign_in, live_server.url
        self.host = self._delegation("focal_point")
        self.french = self._delegation("same_group_focal_point")
        self.arabic = self._delegation("other_group_focal_point", "ar", 360)
        self.all = (self.host, self.french, self.arabic)

    def _delegation(self, part: str, language: str = "en", width: int = 1280) -> Delegation:
        person, home = self.cast.people[part], f"{self.url}/{language}/"
        page = self.sign_in(person, language=language, width=width)
        root = f"{home}untoc/reviews/{self.cast.review.code}"
        return Delegation(page, root, language, home=home, width=width, name=person.full_name)

    @property
    def step(self) -> str:
        return Review.objects.get(pk=self.cast.review.pk).step.slug

    def text(self, kind: TextKind) -> AgreedText:
        return AgreedText.objects.get(review=self.cast.review, kind=kind, instrument__slug="untoc")

    def others(self, kind: TextKind) -> list[AgreedText]:
        """The texts on the other instruments, on which the States agree off the stage."""
        return list(AgreedText.objects.filter(review=self.cast.review, kind=kind).exclude(instrument__slug="untoc"))


@pytest.mark.usefixtures("worker")
def test_three_states_in_three_languages_publish_what_they_agree_on(
    live_server: LiveServer, sign_in: SignIn, browser: Browser, tmp_path: Path
) -> None:
    table = Table(utils.make_cast("consultations"), live_server, sign_in)
    agree_on_languages(table)
    exchange(table)
    talk(table)
    observe(table)
    suggest(table)
    agree_on_the_list(table)
    summarize(table)
    translate(table)
    publish(table, browser)
    take_records(table, tmp_path)


def agree_on_languages(table: Table) -> None:
    """The answers are given and sent off the stage: other journeys play that."""
    table.host.work("/consultations/")
    table.host.propose_three("en", ("fr", "ar"), "Three delegations, three languages.")
    for other in (table.french, table.arabic):
        other.work("/consultations/")
        other.look()
        other.send("/confirm/")
    review = journey.fresh(table.cast.review)
    assert review.working_languages == ["en", "ar", "fr"]
    utils.take_to("written_feedback", review, table.cast.focal_point, table.cast.expert)


def exchange(table: Table) -> None:
    """Feedback of two States, and a request for clarification that is answered and closed."""
    table.french.give_feedback(THEIRS)
    table.arabic.give_feedback(OURS, QUESTION)
    table.arabic.work("/clarifications/", "/send/")
    table.arabic.send()
    table.host.work("/clarifications/", "/answer/")
    table.host.sees(QUESTION)
    table.host.write(ANSWER)
    table.host.work("/clarifications/", "/answer/send/")
    table.host.send()
    table.arabic.work("/clarifications/")
    table.arabic.sees(ANSWER)
    table.arabic.look()
    table.arabic.follow("/close/")
    table.arabic.send()
    for delegation, code in ((table.french, "XLE"), (table.arabic, "XAL")):
        delegation.go(f"feedback/{code}/")
        delegation.look()
        delegation.follow("/clear/")
        delegation.send()
    assert table.step == "dialogue"


def talk(table: Table) -> None:
    """A thread that is begun in one language, answered in another, found by its words, and closed by who began it."""
    table.french.begin_thread(ASKED)
    table.arabic.reply_in_thread(SAID)
    table.french.work("/threads/")
    table.french.page.locator("main table a").first.click()
    table.french.sees(SAID)
    thread = table.french.page.url.partition("/threads/")[2]
    table.french.send("/close/")
    table.host.go("")
    table.host.page.keyboard.press("Control+k")
    table.host.page.keyboard.type("relatives")
    found = table.host.page.locator(f"#palette-list a[href*='/threads/{thread}#message-']")
    expect(found).to_contain_text(ASKED)
    found.click()
    table.host.sees(ASKED, SAID)
    table.host.look()
    for delegation in table.all:
        if delegation is table.host:  # who holds first that it can be concluded
            delegation.go("dialogue/")
            delegation.follow("/dialogue/conclude/")
        else:
            delegation.work("/dialogue/conclude/")
        delegation.page.check("input[name=agrees][value=yes]")
        delegation.look()
        delegation.send()
    assert table.step == "observations"


def observe(table: Table) -> None:
    """An observation of each reviewing State on the shared table; those on other instruments off the stage."""
    table.french.draft_observation("untoc", "gap_or_challenge", GAP)
    table.arabic.draft_observation("untoc", "best_practice", PRACTICE)
    for delegation in (table.french, table.arabic):
        delegation.look()
        assert delegation.lay_all_on_table() == 1
    for text in table.others(LIST):
        row = journey.write_observation(table.cast.review, table.cast.same_group_focal_point, text, "A suggestion.")
        lay_on_table(actor=table.cast.same_group_focal_point, observation=row)


def suggest(table: Table) -> None:
    """The State under review suggests two wordings: one is accepted, and one rejected with a reason."""
    for stands, ending in ((GAP, ENDING), (PRACTICE, CLAIM)):
        key = Observation.objects.get(text=stands).pk
        table.host.go("observations/")
        table.host.follow(f"/suggestions/add/{key}/")
        surface(table.host.page).press("Control+End")
        table.host.page.keyboard.insert_text(ending)
        table.host.send()
    table.french.work("/suggestions/")
    table.french.follow("/accept/")
    table.french.look()
    table.french.send()
    table.arabic.work("/suggestions/")
    table.arabic.look()
    table.arabic.follow("/reject/")
    table.arabic.write(REASON, "reason")
    texts = set(Observation.objects.filter(agreed_text=table.text(LIST)).values_list("text", flat=True))
    assert texts == {f"{GAP}{ENDING}", PRACTICE}
    table.host.go(f"texts/untoc/{LIST}/suggestions/")
    table.host.page.locator("details.app-disclosure summary").last.click()
    table.host.sees(REASON)


def agree_on_the_list(table: Table) -> None:
    """An objection to one paragraph is resolved by a wording; then all clear the same bytes."""
    table.french.propose("untoc", LIST)
    table.host.work(f"/texts/untoc/{LIST}/", "/object/")
    paragraph = table.host.page.locator(".app-about", has_text=GAP)
    paragraph.locator("summary").click()
    paragraph.locator("textarea").fill("The law was amended in 2021.")
    table.host.look()
    table.host.send()
    table.french.work("/observations/")
    key = Observation.objects.get(text=f"{GAP}{ENDING}").pk
    table.french.page.locator(f"#observation-{key} a[href$='/observations/{key}/']").click()
    table.french.write(BETTER)
    table.french.propose("untoc", LIST)
    table.host.clear("untoc", LIST, resolves=True)
    table.arabic.work(f"/texts/untoc/{LIST}/")
    table.arabic.sees(BETTER)
    table.arabic.look()
    table.arabic.send("/clear/")
    assert_all_cleared(table, LIST)
    for text in table.others(LIST):
        journey.agree_on(text)
    assert table.step == "summary"


def assert_all_cleared(table: Table, kind: TextKind) -> None:
    """As each of them reads it: the checksum of the version, and the same one beside the name of each State."""
    version = standing_version(table.text(kind))
    assert version is not None
    for delegation in table.all:
        delegation.go(f"texts/untoc/{kind}/")
        cleared = delegation.page.locator("[aria-labelledby=standing] details code").all_text_contents()
        assert cleared == [version.sha256] * 3
    assert table.text(kind).status == "agreed"


def summarize(table: Table) -> None:
    table.french.propose("untoc", SUMMARY)
    for delegation in (table.host, table.arabic):
        delegation.work(f"/texts/untoc/{SUMMARY}/")
        delegation.send("/clear/")
    assert_all_cleared(table, SUMMARY)
    for text in table.others(SUMMARY):
        journey.agree_on(text)
    assert table.step == "closed"


def translate(table: Table) -> None:
    """The list goes out as XLIFF, comes back in French, and is confirmed by the State that ordered it and another."""
    french, person = table.french, translator()
    french.go(f"texts/untoc/{LIST}/")
    french.follow("/translations/")
    french.follow("/order/")
    french.page.check("input[name=language][value=fr]")
    french.page.fill("[name=email]", TRANSLATOR)
    french.page.fill("[name=full_name]", person.full_name)
    french.page.fill("[name=due_on]", (timezone.localdate() + dt.timedelta(days=20)).isoformat())
    french.look()
    french.send()
    there = Delegation(table.sign_in(person), "", home=f"{table.url}/en/", name=person.full_name)
    there.page.goto(there.home)
    there.page.locator("main a[href*='/translations/']").first.click()
    there.look()
    order = there.page.url
    with there.page.expect_download() as download:
        there.page.locator("main a[download]").click()
    file = read_xliff(download.value.path().read_bytes())
    units = [unit if unit.target else replace(unit, target=f"En français : {unit.source}") for unit in file.units]
    back = write_xliff(replace(file, units=units))
    there.follow("/file/in/")
    there.look()
    there.page.set_input_files("[name=file]", {"name": "b.xlf", "mimeType": "application/xliff+xml", "buffer": back})
    there.send()
    there.look()
    there.send("/file/take/")
    there.follow("/hand-in/")
    there.look()
    there.send()
    key = order.rstrip("/").rpartition("/")[2]
    french.work(f"/translations/{key}/", "/confirm/")
    french.look()
    french.sees(f"En français : {BETTER}")
    french.send()
    table.arabic.go(f"texts/untoc/{LIST}/translations/")
    table.arabic.look()
    table.arabic.follow(f"/translations/{key}/")
    table.arabic.look()
    table.arabic.follow("/confirm/")
    table.arabic.send()
    table.arabic.sees(f"En français : {BETTER}", french.name, table.arabic.name)


def publish(table: Table, browser: Browser) -> None:
    """Whoever is outside reads the list and the summary, and takes the list as Akoma Ntoso."""
    host, outsider = table.host, browser.new_context().new_page()
    for kind in (LIST, SUMMARY):
        host.go(f"texts/untoc/{kind}/")
        host.follow("/publication/")
        host.look()
        host.send("/publish/")
        public = f"{table.url}/en/published/untoc/{table.cast.review.code}/untoc/{kind}/"
        link = outsider.locator(f"a[href$='/{kind}/xml/']")
        for _attempt in range(120):
            outsider.goto(public)
            if link.count():
                break
            outsider.wait_for_timeout(500)
        with outsider.expect_download() as download:
            link.click()
        root = valid_akn(download.value.path().read_bytes())
        words = " ".join(" ".join(root.itertext()).split())
        assert (BETTER in words, PRACTICE in words, GAP in words) == (True, True, False)
    outsider.context.close()


def take_records(table: Table, folder: Path) -> None:
    """Each State takes what it may read, and the program that goes with it finds every file as it was frozen."""
    for number, delegation in enumerate(table.all):
        names = delegation.take_record(folder / f"{number}.zip")
        assert {"manifest.json", "record.pdf", "verify_record.py"} <= names
