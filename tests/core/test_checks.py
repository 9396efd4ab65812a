"""A wrong setting is found at the start."""

import pytest
from pytest_django import Settings

from core.checks import check_pdf_libraries, check_site_url

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(("url", "ids"), [("https://reviews.example", []), ("http://reviews.example", ["core.E001"])])
def test_links_in_mails_lead_to_a_safe_connection(settings: Settings, url: str, ids: list[str]) -> None:
    settings.SITE_URL = url
    assert [message.id for message in check_site_url()] == ids


@pytest.mark.parametrize(("missing", "ids"), [("", []), ("cannot load library 'pango'", ["core.W001"])])
def test_missing_libraries_are_told(monkeypatch: pytest.MonkeyPatch, missing: str, ids: list[str]) -> None:
    monkeypatch.setattr("core.pdf.missing_pdf_libraries", lambda: missing)
    messages = check_pdf_libraries()
    assert [message.id for message in messages] == ids
    assert [message for message in messages if missing not in message.msg] == []
