"""The demo's saved views of the cockpit."""

import pytest
from django.core.management import call_command

from portal.cockpit.models import SavedView

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_shared_view_and_a_private_one_however_often_it_is_built() -> None:
    for _time in range(2):
        call_command("seed_demo", until="consultations", verbosity=0)
    assert dict(SavedView.objects.values_list("query", "is_shared")) == {"overdue=on": True, "officer=me": False}
