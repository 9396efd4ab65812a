"""Pages in chosen colours are for whoever chose them."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("chosen", "kept"), [("", True), ("dark", False), ("sepia", True)])
def test_a_public_page_in_chosen_colours_is_not_kept_for_others(chosen: str, kept: bool) -> None:
    client = Client()
    client.cookies["appearance"] = chosen
    page = client.get("/en/published/")
    assert ("public" in page.get("Cache-Control", "")) == kept
    assert ("data-appearance" in page.content.decode()) != kept
