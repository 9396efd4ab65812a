from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from core.language.rendering import RenderedText, is_rendering_of, kept_or_new


class _WrittenAttribute(DeferredAttribute):
    """Gives the text with its kept form, where the row has one that was loaded with it."""

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        value = super().__get__(instance, owner)
        if instance is None or not isinstance(value, str):
            return value
        kept = instance.__dict__.get(kept_name(self.field.attname), "")
        return value if isinstance(value, RenderedText) and not kept else RenderedText(value, kept)

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value
        if isinstance(value, RenderedText) and value.rendered:
            instance.__dict__[kept_name(self.field.attname)] = value.rendered


class MarkdownField(models.TextField):
    """What a person wrote in Markdown. Beside it stands a ``RenderedField`` with the same name and ``_html`` behind."""

    descriptor_class = _WrittenAttribute

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs  # for the database it is a text like any other


class RenderedField(models.TextField):
    """What the text beside it looks like (``core.language.rendering``), made when the row is saved with other words.

    Written by nothing else. It is content like the text itself: the same row, and the same wall around it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"blank": True, "default": "", "editable": False, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text: str = getattr(model_instance, self.attname.removesuffix("_html"))
        kept: str = getattr(model_instance, self.attname)
        if not is_rendering_of(text, kept):
            kept = kept_or_new(text)
            setattr(model_instance, self.attname, kept)
        return kept


def kept_name(text_name: str) -> str:
    """The column with the kept form of a text."""
    return f"{text_name}_html"
