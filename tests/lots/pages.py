"""What tests of pages share: addresses of draws, and what a person reads."""

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from lots.draws.models import Draw

LIST = "/en/untoc/draws/"
PREPARE = "/en/untoc/draws/prepare/"
PUBLIC_LIST = "/en/draws/"


def address_of(draw: Draw, name: str = "draw-detail", *more: str) -> str:
    return reverse(f"lots:{name}", args=[draw.mechanism.slug, draw.code, *more])


def text_of(http_response: Any) -> str:
    """The words of a page, without its markup."""
    return html.unescape(" ".join(re.sub(r"<[^<>]*>", " ", http_response.content.decode()).split()))


def read(client: Client, address: str, query: dict[str, str] | None = None) -> str:
    http_response = client.get(address, query or {})
    assert http_response.status_code == 200
    return text_of(http_response)


def messages_of(http_response: Any) -> list[str]:
    return [str(message) for message in http_response.context["messages"]]


def errors_of(http_response: Any) -> dict[str, list[str]]:
    """The errors by field of a form that came back."""
    assert http_response.status_code == 422
    return {name: [str(error) for error in errors] for name, errors in http_response.context["form"].errors.items()}
