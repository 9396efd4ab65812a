"""What is stored calls a model by one name for good, whatever app it stands in today."""

from functools import cache

from django.apps import apps
from django.db import models


def audit_name_of(model: models.Model | type[models.Model]) -> str:
    """What the record of acts, clearances and jobs call the model: its ``audit_name``, which each of ours declares.

    Stored in entries whose hashes are chained, so that it never changes, whatever the class is called and wherever it
    stands (tests/core/audit/test_names.py). A model of a library is called as there.
    """
    return str(getattr(model, "audit_name", "") or model._meta.label_lower)


def model_named(name: str) -> type[models.Model]:
    """The model that is called so. Raises LookupError where there is none."""
    return _by_name()[name]


@cache
def _by_name() -> dict[str, type[models.Model]]:
    return {audit_name_of(model): model for model in apps.get_models()}
