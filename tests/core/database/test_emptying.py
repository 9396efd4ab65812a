"""What a test commits is gone before the next one, whichever guards its rows have (``tests/database.py``)."""

import pytest
from django.apps import apps

from tests import database
from tests.utils import make_cast


@pytest.mark.django_db(transaction=True)
def test_all_content_goes_and_the_reference_data_stays() -> None:
    models = apps.get_models(include_auto_created=True)
    before = {model: model._base_manager.count() for model in models}
    make_cast("written_feedback")
    assert sum(model._base_manager.count() for model in models) > sum(before.values()) + 100
    database.empty_content()
    assert {model: model._base_manager.count() for model in models} == before
