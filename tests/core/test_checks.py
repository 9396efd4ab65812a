"""A wrong setting is found at the start."""

from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from core.checks import check_clocks, check_pdf_libraries, check_security_log, check_serving_roles, check_site_url


@pytest.mark.unit
@pytest.mark.parametrize(("url", "ids"), [("https://reviews.example", []), ("http://reviews.example", ["core.E001"])])
def test_links_in_mails_lead_to_a_safe_connection(settings: Settings, url: str, ids: list[str]) -> None:
    settings.SITE_URL = url
    assert [message.id for message in check_site_url()] == ids


@pytest.mark.unit
@pytest.mark.parametrize(("missing", "ids"), [("", []), ("cannot load library 'pango'", ["core.W001"])])
def test_missing_libraries_are_told(monkeypatch: pytest.MonkeyPatch, missing: str, ids: list[str]) -> None:
    monkeypatch.setattr("core.documents.pdf.missing_pdf_libraries", lambda: missing)
    messages = check_pdf_libraries()
    assert [message.id for message in messages] == ids
    assert [message for message in messages if missing not in message.msg] == []


@pytest.mark.unit
def test_a_security_log_that_cannot_be_written_is_told(settings: Settings, tmp_path: Path) -> None:
    for place, ids in (("", []), ("-", []), (tmp_path / "log", []), (tmp_path / "none" / "log", ["core.E006"])):
        settings.SECURITY_LOG = str(place)
        assert [message.id for message in check_security_log()] == ids


@pytest.mark.django_db
def test_missing_roles_are_told(settings: Settings) -> None:
    assert check_serving_roles(databases=["default"]) == []
    settings.DATABASE_ROLE, settings.DATABASE_IS_SYSTEM = "system", False
    assert [message.id for message in check_serving_roles(databases=["default"])] == ["core.E002"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_servingrole WHERE purpose = 'system'")
    assert [message.id for message in check_serving_roles(databases=["default"])] == ["core.W003"]


@pytest.mark.django_db
def test_a_missing_role_of_the_door_is_told(settings: Settings) -> None:
    settings.DATABASE_ROLE, settings.DATABASE_DOOR_ROLE = "app", ""
    assert [message.id for message in check_serving_roles(databases=["default"])] == ["core.E005"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_servingrole WHERE purpose = 'door'")
    assert [message.id for message in check_serving_roles(databases=["default"])] == ["core.W006"]


@pytest.mark.django_db
def test_clocks_that_differ_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_clocks(databases=["default"]) == []
    monkeypatch.setattr("core.checks.time.time", lambda: 0.0)
    assert [message.id for message in check_clocks(databases=["default"])] == ["core.E003"]
