"""The first hour of an institution: from the link that an empty portal prints to the first open review, by pages alone.

``walk`` goes it in a browser and calls ``take`` at each stage: ``tests/embedded/test_first_hour.py`` looks there,
and ``tools.screenshots`` makes the pictures of docs/users/first-hour.md.
"""

import email
import email.policy
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PASSPHRASE = "seven-geese-cross-the-bay"  # noqa: S105 - of people who live for some minutes
SUBMIT = "main form:visible button[type=submit]"
LINK = re.compile(r"https?://[^/\s]+(/\w+/activate/\S+)")
Take = Callable[[Any, str], None]


def link_in(said: str) -> str:
    """The path of the first account in what a start has printed."""
    return _first(LINK.search(said), "the start has printed no link")[1]


def link_for(address: str, mails: Path) -> str:
    """The path in the mail with which somebody begins; mails are files where no server is named."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for path in mails.glob("*.eml"):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            body = message.get_body(("plain",))
            if message["To"] == address and body and (found := LINK.search(body.get_content())):
                return found[1]
        time.sleep(0.5)
    raise TimeoutError(f"no invitation for {address} has come")


def _first(found: Any, words: str) -> Any:
    if found is None:
        raise ValueError(words)
    return found


class FirstHour:
    """``site`` is the address of the portal, ``browser`` Playwright's."""

    def __init__(self, browser: Any, site: str, take: Take) -> None:
        self.browser, self.site, self.take = browser, site, take

    def person(self) -> Any:
        """A browser of somebody's own, with a device that keeps passkeys."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return page

    def begin(self, path: str, name: str) -> Any:
        """Follow a link, choose a passphrase, keep a passkey."""
        page = self.person()
        page.goto(self.site + path)
        self.take(page, f"{name}-begins")
        page.fill("[name=full_name]", name.capitalize())
        page.fill("[name=password]", PASSPHRASE)
        page.fill("[name=password_again]", PASSPHRASE)
        page.check("[name=accept]")
        page.click(SUBMIT)
        page.click('a[href$="/security/passkeys/add/"]')
        page.fill("[name=name]", "Laptop")
        page.click(SUBMIT)
        page.wait_for_url("**/security/recovery-codes/")
        return page

    def step(self, page: Any, ending: str) -> None:
        """From the list of steps to the page of one."""
        page.goto(f"{self.site}/en/setup/")
        page.click(f'.app-steps-list a[href$="{ending}"]')
        page.wait_for_url(f"**{ending}")

    def go(self, link: str, mails: Path) -> Any:
        """All of it; gives the page of the first administrator, at the open review."""
        page = self.begin(link, "amina")
        page.goto(f"{self.site}/en/")
        self.take(page, "steps")
        self.make_it_ones_own(page)
        self.choose_mechanism(page, self.add_colleague(page, mails))
        self.set_dates(page)
        self.open_review(page)
        return page

    def make_it_ones_own(self, page: Any) -> None:
        self.step(page, "/setup/names/")
        page.fill("[name=name_en]", "Peer Review of the Examplian Union")
        page.fill("[name=name_ar]", "استعراض الأقران للاتحاد")
        page.click(SUBMIT)
        self.step(page, "/setup/looks/")
        page.fill("[name=colour]", "#5b2a86")
        self.take(page, "looks")
        page.click(SUBMIT)
        self.step(page, "/setup/languages/")
        page.select_option("[name=time_zone]", "Africa/Nairobi")
        page.click(SUBMIT)
        self.step(page, "/setup/mail/")
        page.click(SUBMIT)
        page.wait_for_timeout(3000)  # a worker writes it
        page.reload()
        self.take(page, "mail")

    def add_colleague(self, page: Any, mails: Path) -> Any:
        """Gives the page of the second member, who has begun."""
        page.goto(f"{self.site}/en/accounts/add/")
        page.fill("[name=email]", "olga@secretariat.example")
        page.fill("[name=full_name]", "Olga Marin")
        page.check("[name=role][value=officer]")
        self.take(page, "colleague")
        page.click(SUBMIT)
        return self.begin(link_for("olga@secretariat.example", mails), "olga")

    def choose_mechanism(self, page: Any, colleague: Any) -> None:
        """One that comes with the portal: the second member confirms it, and a worker loads it."""
        self.step(page, "/setup/mechanism/")
        self.take(page, "mechanisms")
        page.click('a[href$="/setup/mechanism/of/untoc/load/"]')
        page.wait_for_url("**/setup/mechanism/of/untoc/load/")
        self.take(page, "mechanism")
        page.click(SUBMIT)
        page.wait_for_url("**/setup/mechanism/**")
        colleague.goto(f"{self.site}/en/setup/mechanism/")
        colleague.click('a[href*="/setup/mechanism/file/"]')
        colleague.click('form[action$="/confirm/"] button')
        colleague.wait_for_url("**/setup/mechanism/**")
        colleague.context.close()
        page.goto(f"{self.site}/en/setup/mechanism/")
        page.locator('a[href$="/setup/mechanism/of/untoc/"]').wait_for(timeout=120_000)

    def set_dates(self, page: Any) -> None:
        """Begin a staff session, and let the programme begin next month."""
        page.goto(f"{self.site}/en/staff-sessions/start/")
        page.fill("[name=reason]", "The Conference has decided when the programme begins.")
        page.click(SUBMIT)
        page.goto(f"{self.site}/en/untoc/programme/change/")
        page.select_option("[name=shift-phase]", index=0)
        page.fill("[name=shift-first_day]", str(datetime.now(tz=UTC).date() + timedelta(days=30)))
        page.click("button[name=shift]")
        page.select_option("[name=evidence_mark]", "P")
        page.fill("[name=evidence_note]", "Decision 1 of the Conference.")
        self.take(page, "programme")
        page.click("button[name=store]")

    def open_review(self, page: Any) -> None:
        """Of Kenya, by South Africa of its regional group and by Peru of another one: all are party to everything."""
        page.goto(f"{self.site}/en/untoc/reviews/open/")
        page.select_option("[name=period]", index=1)
        for name, state in (
            ("state_under_review", "Kenya"),
            ("same_group_1", "South Africa"),
            ("other_group_1", "Peru"),
        ):
            page.select_option(f"[name={name}]", label=state)
        self.take(page, "opening")
        page.click(SUBMIT)
        page.wait_for_url("**/untoc/reviews/1-KEN/")
        self.take(page, "review")
