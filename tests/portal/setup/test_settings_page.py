"""All settings on a page: what the environment decides, with no secret, and the way to what the portal decides."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from portal.setup.environment import GROUPS, Source, standing_settings
from tests.architecture.settings_reader import secrets_read, settings_read
from tests.query_counts import assert_query_count
from tests.reviews.periods.programmes import in_session
from tests.utils import Cast

LoginAs = Callable[[User], Client]
ROOT = Path(settings.BASE_DIR)
EMBEDDED = re.compile(r"""environment(?:\.get\(|\[|, )\(?"([A-Z][A-Z0-9_]+)["\]]""")
# No settings of the portal: folders of the machine, and how backups were asked for.
OF_THE_MACHINE = {"XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"}


def listed() -> dict[str, Any]:
    every = [setting for group in GROUPS for setting in group.settings]
    found = {setting.name: setting for setting in every}
    assert len(found) == len(every), "each stands there once"
    return found


def read_by_make_run() -> set[str]:
    files = (ROOT / "config" / "embedded").glob("*.py")
    return {name for file in files for name in EMBEDDED.findall(file.read_text("utf-8"))} - OF_THE_MACHINE


@pytest.mark.unit
def test_each_reading_of_the_environment_is_listed_and_no_other() -> None:
    assert {"PORT", "DEMO", "RESTART_LIMIT"} <= read_by_make_run()
    assert set(listed()) == settings_read() | read_by_make_run()


@pytest.mark.unit
def test_what_can_be_given_as_a_file_is_a_secret() -> None:
    names = {name for name, setting in listed().items() if setting.is_secret}
    assert secrets_read() <= names


@pytest.mark.unit
def test_no_value_of_a_secret_leaves_the_table() -> None:
    environment = {name: f"value-of-{name}" for name in listed()}
    for _group, rows in standing_settings(environment):
        for row in rows:
            assert row.source == Source.ENVIRONMENT
            assert row.value == ("" if row.setting.is_secret else f"value-of-{row.setting.name}")
    of_files = {f"{name}_FILE": "/run/secrets/it" for name in secrets_read()}
    rows = [row for _group, rows in standing_settings(of_files) for row in rows if row.setting.name in secrets_read()]
    assert {(row.source, row.value) for row in rows} == {(Source.FILE, "")}


@pytest.mark.unit
def test_a_command_that_may_hold_a_key_and_an_address_with_a_person_in_it_are_secrets() -> None:
    given = {
        "UPLOAD_SCANNER": "scan --key the-key-of-it",
        "EMAIL_HOST": "smtp://portal:passphrase-of-it@mail.example",
        "SITE_URL": "https://reviews.example/@home",
    }
    rows = {row.setting.name: row for _group, rows in standing_settings(given) for row in rows}
    assert {name: (rows[name].source, rows[name].value) for name in given} == {
        "UPLOAD_SCANNER": (Source.ENVIRONMENT, ""),
        "EMAIL_HOST": (Source.ENVIRONMENT, ""),
        "SITE_URL": (Source.ENVIRONMENT, "https://reviews.example/@home"),
    }


def page(client: Client) -> str:
    answer = client.get(reverse("portal:setup-settings"))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.django_db
def test_an_administrator_sees_names_and_values_and_no_secret(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "a-very-secret-value")
    monkeypatch.setenv("DATABASE_URL", "postgres://portal:passphrase-of-it@database/portal")
    monkeypatch.setenv("EMAIL_HOST", "mail.example")
    text = page(login_as(cast.administrator))
    assert all(name in text for name in listed())
    assert "mail.example" in text
    assert "a-very-secret-value" not in text
    assert "passphrase-of-it" not in text


@pytest.mark.django_db
def test_each_thing_that_the_portal_decides_leads_to_where_it_is_changed(cast: Cast, login_as: LoginAs) -> None:
    without = page(login_as(cast.administrator))
    assert without.count("a staff session is needed") == 16
    assert reverse("portal:setup-names") in without
    client = login_as(in_session())
    text = page(client)
    assert "a staff session is needed" not in text
    main = text.split("<main")[1].split("</main>")[0].split("<table")[0]
    addresses = re.findall(r'href="(/en/[^"#?]*)"', main)
    assert reverse("admin:reviews_limit_changelist") in addresses
    assert reverse("admin:index") in addresses, "what has no line of its own is found there"
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


@pytest.mark.django_db
def test_what_the_environment_has_taken_over_is_said(cast: Cast, login_as: LoginAs, settings: Any) -> None:
    assert "set by the environment" not in page(login_as(cast.administrator)).split("<table")[0]
    settings.SITE_NAME = "Reviews of the Institution"
    assert "set by the environment (SITE_NAME)" in page(login_as(cast.administrator))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["officer", "auditor", "focal_point"])
def test_nobody_else_sees_it(cast: Cast, login_as: LoginAs, name: str) -> None:
    status = login_as(cast.people[name]).get(reverse("portal:setup-settings")).status_code
    assert status == (404 if name == "focal_point" else 403)


@pytest.mark.django_db
def test_it_takes_a_constant_number_of_queries(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.administrator)
    with assert_query_count("setup-settings"):
        page(client)
