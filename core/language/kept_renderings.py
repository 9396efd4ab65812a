"""For migrations: what the texts that are there already look like, kept beside them from now on."""

from typing import Any

from django.apps.registry import Apps

from core.language.rendering import render
from core.models.written import kept_name

_BATCH = 200


def keep_renderings(apps: Apps, app: str, columns: list[tuple[str, str]]) -> None:
    """For each (model, text column). Frozen documents are not touched: theirs are made when they are shown.

    A text beyond the budget keeps none and is shown as it was typed.
    """
    for model_name, text in columns:
        model: Any = apps.get_model(app, model_name)
        kept = kept_name(text)
        for row in model.objects.exclude(**{text: ""}).filter(**{kept: ""}).iterator(chunk_size=_BATCH):
            model.objects.filter(pk=row.pk).update(**{kept: render(getattr(row, text))})
