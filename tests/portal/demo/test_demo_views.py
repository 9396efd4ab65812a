"""The demo's saved views of the cockpit."""

import pytest

from portal.cockpit.models import SavedView
from tests.portal.demo.demos import demo

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(demo, "consultations")]


def test_the_demo_has_a_shared_view_and_a_private_one_however_often_it_is_built() -> None:
    demo("consultations")
    assert dict(SavedView.objects.values_list("query", "is_shared")) == {"overdue=on": True, "officer=me": False}
