"""Sends an answer as the page's script does, and reads pages."""

import json
import re
from typing import Any

from django.test import Client

RESPONSE = "/en/untoc/reviews/1-XVE/response/"
ARTICLE_2, ARTICLE_5 = f"{RESPONSE}untoc/article-2/", f"{RESPONSE}untoc/article-5/"


def post_answer(client: Client, code: str, **fields: Any) -> tuple[int, dict[str, Any]]:
    http_response = client.post(f"{RESPONSE}answers/{code}/", fields, headers={"accept": "application/json"})
    return http_response.status_code, json.loads(http_response.content)


def fields_of(page: Any) -> list[str]:
    """The fields for text of the questions that a page shows."""
    return re.findall(r'<textarea[^>]* name="([^"]+)"', text_of(page))


def text_of(page: Any) -> str:
    return page.content.decode()
