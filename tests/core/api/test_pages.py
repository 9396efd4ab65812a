"""Lists that come in pages: to their end however long they are, and with no query more for each row."""

from base64 import b64encode

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from rest_framework.request import Request

from core.api.pagination import CursorPages
from tests.accounts.tokens.making import program_of
from tests.reviews.opening.many import add_reviews
from tests.utils import Cast


def test_among_equals_a_page_is_found_beyond_a_thousand_rows() -> None:
    asked = Request(RequestFactory().get("/", {"cursor": b64encode(b"o=5000").decode()}))
    cursor = CursorPages().decode_cursor(asked)
    assert cursor.offset == 5000


@pytest.mark.django_db
def test_a_list_asks_no_more_for_more_rows(cast: Cast) -> None:
    client = program_of(cast.officer)
    addresses = ("/api/v1/untoc/reviews/", "/api/v1/untoc/cockpit/")

    def counted() -> dict[str, int]:
        found = {}
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found[address] = len(queries)
        return found

    few = counted()
    add_reviews(cast.review, 12)
    assert counted() == few
