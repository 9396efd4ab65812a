"""A null byte in an address is answered in words, and asks the database nothing."""

import pytest
from django.test import Client

from tests.utils import Cast, login_as

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/untoc/reviews/%00/", 404),
        ("/en/states/%00/", 404),
        ("/api/v1/untoc/reviews/%00/", 404),
        ("/en/untoc/reviews/?q=%00", 400),
        ("/en/states/?page=1&page=%00", 400),
    ],
)
def test_a_null_byte_in_an_address_is_turned_away(cast: Cast, address: str, status: int) -> None:
    assert login_as(Client(), cast.expert).get(address).status_code == status
