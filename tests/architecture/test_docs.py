"""What is written about the portal is what the portal is."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from core.mail.delivery import LONGEST_WAIT, MAXIMUM_ATTEMPTS
from tests.architecture.settings_reader import settings_read
from tools.picture import PICTURE, picture

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = ROOT / "docs" / "operations"
OURS = {"accounts", "core", "dialogue", "lots", "observations", "portal", "questionnaires", "reviews"}


def settings_described() -> set[str]:
    text = (OPERATIONS / "configuration.md").read_text("utf-8") + (OPERATIONS / "running.md").read_text("utf-8")
    return set(re.findall(r"`([A-Z][A-Z0-9_]+)`", text))


def test_every_setting_is_described() -> None:
    assert settings_read() - settings_described() == set()


def test_the_check_sees_settings() -> None:
    assert {"SECRET_KEY", "PROXY_COUNT", "REDIS_URL", "SITE_URL"} <= settings_read()


def our_commands() -> list[str]:
    return sorted(name for name, app in get_commands().items() if app in OURS)


@pytest.mark.parametrize("command", our_commands())
def test_every_command_is_described(command: str) -> None:
    pages = {path: path.read_text("utf-8") for path in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]}
    assert [path.name for path, text in pages.items() if command in text] != []


def test_pages_that_are_referred_to_are_there() -> None:
    """Links between our own pages lead somewhere."""
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_the_picture_shows_the_features_that_are_there() -> None:
    assert PICTURE.read_text("utf-8") == picture(), "run `make picture`"


def test_the_readme_names_the_languages_of_the_pages_and_no_other() -> None:
    sentence = re.search(
        r"Its pages, mails and\s+documents are in (.*?) so far", (ROOT / "README.md").read_text("utf-8")
    )
    assert sentence is not None
    assert set(re.split(r", | and ", sentence[1])) == {str(name) for _code, name in settings.LANGUAGES}


def test_the_guide_says_how_long_a_mail_is_tried() -> None:
    text = " ".join((OPERATIONS / "mail.md").read_text("utf-8").split())
    said = re.search(r"(\d+) hours at most, a fifth more or less\), (\d+) times in all: about (\w+) days", text)
    assert said is not None
    assert (dt.timedelta(hours=int(said[1])), int(said[2])) == (LONGEST_WAIT, MAXIMUM_ATTEMPTS)
    waits = [min(dt.timedelta(minutes=2**attempts), LONGEST_WAIT) for attempts in range(1, MAXIMUM_ATTEMPTS)]
    assert ["one", "two", "three"][round(sum(waits, dt.timedelta()) / dt.timedelta(days=1)) - 1] == said[3]
    others = [path.name for path in OPERATIONS.glob("*.md") if re.search(r"times in all", path.read_text("utf-8"))]
    assert others == ["mail.md"], "said in one place"


def promises() -> list[tuple[str, str]]:
    """Promises of docs/security.md with the cell that says which test shows each."""
    rows = re.findall(r"^\| (.+?) \| .+ \| (.+?) \|$", (ROOT / "docs" / "security.md").read_text("utf-8"), re.MULTILINE)
    return [row for row in rows if row != ("promise", "shown by")]


def test_promises_are_found() -> None:
    assert len(promises()) > 40


@pytest.mark.parametrize(("promise", "shown_by"), promises(), ids=lambda text: text[:40])
def test_every_promise_names_a_test_that_is_there(promise: str, shown_by: str) -> None:
    named = re.findall(r"`(?:tests/)?([\w/*.]+)`", shown_by)
    assert named or re.search(r"the walk|the same", shown_by), promise
    tests = ROOT / "tests"
    assert [each for each in named if not [*tests.glob(each), *tests.rglob(each)] and not (ROOT / each).exists()] == []


def test_no_path_of_a_machine_is_in_the_tree() -> None:
    marks = re.compile(r"/" + r"work/(main|shared)|\.\./" + r"shared")
    kinds = {".py", ".md", ".html", ".txt", ".toml", ".yml", ".yaml", ".json", ".js", ".scss", ".css", ".cfg", ".ini"}
    skipped = {".venv", "node_modules", "build", "var", ".git", "locale"}
    found = [
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*")
        if path.suffix in kinds
        and not skipped & set(path.relative_to(ROOT).parts)
        and marks.search(path.read_text("utf-8", errors="ignore"))
    ]
    assert found == []
