"""What is stored calls a model by one name for good, whatever app it stands in today."""

from functools import cache

from django.apps import apps
from django.db import models


def audit_name_of(model: models.Model | type[models.Model]) -> str:
    """What the record of acts, clearances and jobs call the model: ``audit_name`` where it has moved since.

    Stored in entries whose hashes are chained, so that it never changes (tests/core/audit/test_names.py).
    """
    return str(getattr(model, "audit_name", "") or model._meta.label_lower)


def model_named(name: str) -> type[models.Model]:
    """The model that is called so. Raises LookupError where there is none."""
    return _by_name()[name]


@cache
def _by_name() -> dict[str, type[models.Model]]:
    return {audit_name_of(model): model for model in apps.get_models()}
