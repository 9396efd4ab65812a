"""Fill an empty database with the demo, serve it, and photograph some of its pages into docs/screenshots.

``first-hour`` as an argument makes only the pictures of docs/users/first-hour.md, of an empty portal that is set up.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tools.demo_site import demo_site
from tools.first_hour import FirstHour, link_in

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
SECTION = "/untoc/reviews/1-XAL/response/untoc/article-5/"
MINISTRIES = "/untoc/reviews/1-XAL/response/ministries/"
PROPOSALS = "/untoc/reviews/1-XAL/response/proposals/I.firearms.68/"
DESK = "/untoc/reviews/1-XSK/desk/untoc/article-5/"
PUBLISHED = "/published/untoc/{code}/untoc/list_of_observations/"
CEREMONY = "/untoc/draws/2-T2/ceremony/"
FREE_PORT = "20943"
# What the tool itself has set, and a person's shell has not.
NOT_OURS = re.compile(r"(DATABASE_|REDIS_URL|SECRET_KEY|DJANGO_|DATA_DIR|SITE_URL|DEMO)")
# What is pressed on a page before it is photographed, and how often.
PRESSED = {CEREMONY: ("[data-act=next]", 34)}
COCKPIT = "/untoc/cockpit/?all=1"
# What stands at the top of the picture, where it is not the top of the page.
SCROLLED = {COCKPIT: ".app-steps-legend"}
# (name, whose page - empty for the public -, address after the language, language, width in pixels)
PICTURES = [
    ("section-en", "tomasz.brandvik@xal.example", SECTION, "en", 1280),
    ("section-ar", "samir.haddad@xal.example", SECTION, "ar", 1280),
    ("section-en-360", "tomasz.brandvik@xal.example", SECTION, "en", 360),
    ("ministries-en", "ingrid.vasterholm@xal.example", MINISTRIES, "en", 1280),
    ("ministries-ar-360", "ingrid.vasterholm@xal.example", MINISTRIES, "ar", 360),
    ("proposals-en", "ingrid.vasterholm@xal.example", PROPOSALS, "en", 1280),
    ("proposals-ar-360", "ingrid.vasterholm@xal.example", PROPOSALS, "ar", 360),
    ("review-en", "ingrid.vasterholm@xal.example", "/untoc/reviews/1-XAL/", "en", 1280),
    ("reviews-en", "mireille.okonjo@secretariat.example", "/untoc/reviews/", "en", 1280),
    ("desk-en", "gareth.trevanion@xwx.example", DESK, "en", 1280),
    ("observations-en", "nikola.perkovac@xor.example", "/untoc/reviews/1-XHV/observations/", "en", 1280),
    ("published-en", "", PUBLISHED.format(code="1-XTU"), "en", 1280),
    ("published-ar", "", PUBLISHED.format(code="1-XWD"), "ar", 1280),
    ("ceremony-en", "mireille.okonjo@secretariat.example", CEREMONY, "en", 1280),
    ("ceremony-ar", "mireille.okonjo@secretariat.example", CEREMONY, "ar", 1280),
    ("draw-en", "", "/draws/untoc/4-T1/", "en", 1280),
    ("work-en", "ruslan.dzhaniev@xle.example", "/", "en", 1280),
    ("work-ar-360", "ruslan.dzhaniev@xle.example", "/", "ar", 360),
    ("cockpit-en", "mireille.okonjo@secretariat.example", COCKPIT, "en", 1280),
    ("cockpit-ar", "mireille.okonjo@secretariat.example", COCKPIT, "ar", 1280),
]


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    if "first-hour" not in sys.argv:
        with demo_site(email for _name, email, *_rest in PICTURES) as (site, cookies):
            _photograph(site, cookies)
    _photograph_first_hour()


def _photograph_first_hour() -> None:
    """On an empty portal of its own, started as anybody starts it."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data = Path(folder) / "data"
        kept = {name: value for name, value in os.environ.items() if not NOT_OURS.match(name)}
        changed = {"DATA_DIR": str(data), "PORT": FREE_PORT, "DEMO": "0", "XDG_CONFIG_HOME": f"{folder}/config"}
        portal = subprocess.Popen(
            [sys.executable, "-m", "config.embedded"], env=kept | changed, stdout=subprocess.PIPE, text=True
        )
        said = ""
        for line in portal.stdout or ():
            said += line
            if "Stop it with" in line:
                break
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        try:
            FirstHour(browser, f"http://localhost:{FREE_PORT}", _take).go(link_in(said), data / "mail")
        finally:
            browser.close()
            portal.send_signal(signal.SIGINT)
            portal.communicate(timeout=60)


def _take(page: Any, name: str) -> None:
    page.wait_for_timeout(300)
    page.screenshot(path=str(FOLDER / f"first-hour-{name}.png"))


def _photograph(site: str, cookies: dict[str, dict[str, str]]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        for name, email, address, language, width in PICTURES:
            context = browser.new_context(viewport={"width": width, "height": 800})
            context.add_cookies([{"name": key, "value": value, "url": site} for key, value in cookies[email].items()])
            page = context.new_page()
            page.goto(f"{site}/{language}{address}")
            page.wait_for_load_state("networkidle")
            pressed, times = PRESSED.get(address, ("", 0))
            for _ in range(times):
                page.click(pressed)
            if address in SCROLLED:
                page.locator(SCROLLED[address]).evaluate("element => element.scrollIntoView()")
            page.wait_for_timeout(500)  # what fades in has come
            page.screenshot(path=str(FOLDER / f"{name}.png"))
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
