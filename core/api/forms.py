"""The form of a page as programs read and fill it in: by name, in JSON."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from core.api.serializers import TOLD
from core.web.forms import NamesField

_MOST_VALUES = 1_000
_OTHERS = "non_field_errors"
_SEVERAL = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)
# Subclasses come before their parents: a kind, and what JSON Schema calls it.
_KINDS: tuple[tuple[tuple[type[forms.Field], ...], str, dict[str, Any]], ...] = (
    (_SEVERAL, "choices", {"type": "array", "items": {"type": "string"}, "maxItems": _MOST_VALUES}),
    ((forms.ChoiceField, forms.ModelChoiceField), "choice", {"type": "string"}),
    ((forms.BooleanField,), "boolean", {"type": "boolean"}),
    ((forms.IntegerField,), "integer", {"type": "integer"}),
    ((forms.DateField,), "date", {"type": "string", "format": "date"}),
    ((forms.TimeField,), "time", {"type": "string"}),
    ((forms.EmailField,), "email", {"type": "string", "format": "email"}),
    ((forms.URLField,), "link", {"type": "string"}),
)
_LIMITS = {"max_length": "maxLength", "min_value": "minimum", "max_value": "maximum"}


def plain(words: object) -> str:
    """Words of a page without its marks."""
    return unescape(strip_tags(str(words))) if isinstance(words, SafeString) else str(words)


def is_file(field: forms.Field) -> bool:
    return isinstance(field, forms.FileField)


def kind_of(field: forms.Field) -> str:
    return next((name for kinds, name, _schema in _KINDS if isinstance(field, kinds)), "text")


def fields_of(bounds: Iterable[BoundField]) -> list[dict[str, Any]]:
    """What may be said, and what stands there now; what the form carries unseen is not told."""
    return [
        {
            "name": bound.name,
            "label": plain(bound.label),
            "help": plain(bound.help_text or ""),
            "kind": kind_of(bound.field),
            "required": bound.field.required,
            "choices": _choices(bound.field),
            **{name: getattr(bound.field, name, None) for name in _LIMITS},
            "value": value_of(bound),
        }
        for bound in bounds
        if not bound.is_hidden
    ]


def _choices(field: forms.Field) -> list[dict[str, str]] | None:
    if not hasattr(field, "choices"):
        return None
    flat = ((value, label) for value, label in field.choices)
    return [{"value": str(value), "label": plain(label)} for value, label in _ungrouped(flat)]


def _ungrouped(choices: Iterable[tuple[Any, Any]]) -> Iterable[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def value_of(bound: BoundField) -> Any:
    """What stands in a field, as JSON has it."""
    return _as_json(bound.value(), bound.field)


def _as_json(value: Any, field: forms.Field) -> Any:
    if isinstance(field, forms.BooleanField):
        return bool(value)
    if isinstance(field, _SEVERAL):
        return _offered(value, field)
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _offered(values: Any, field: Any) -> list[str]:
    """What is chosen as far as a page would show it: what else stands there its reader may not know."""
    chosen = [str(each) for each in values or ()]
    if isinstance(field, NamesField):
        return chosen
    offered = {str(value) for value, _label in _ungrouped(field.choices)}
    return [each for each in chosen if each in offered]


def values_in(bounds: Iterable[BoundField]) -> dict[str, Any]:
    return {bound.name: value_of(bound) for bound in bounds if not bound.is_hidden}


def rests_on_something(bounds: Iterable[BoundField]) -> bool:
    """Whether the form carries unseen what its reader was shown: a revision, a checksum, who will read it."""
    return any(bound.is_hidden for bound in bounds)


def checksums_in(bounds: Iterable[BoundField]) -> dict[str, str]:
    """Those of the documents that the form is about."""
    return {bound.name: str(bound.value() or "") for bound in bounds if bound.is_hidden and "sha256" in bound.name}


def marks_in(bounds: Iterable[BoundField]) -> dict[str, str]:
    """What else the form carries unseen: revisions, fingerprints, who is to read it."""
    return {
        bound.name: str(value)
        for bound in bounds
        if bound.is_hidden and "sha256" not in bound.name and (value := bound.value()) is not None
    }


class FormMark(NamedTuple):
    """A name for all that a form holds, for one person at one address; another one as soon as any of it is other.

    ``base``: of the revision of the text that it changes; ``unseen``: of what else it carries unseen; ``told``: of what
    stands in its fields.
    """

    base: str
    unseen: str
    told: str

    def __str__(self) -> str:
        return ".".join(self)

    def differs_as_told(self, read: "FormMark") -> bool:
        """Whether whoever read the form of ``read`` knows all that is other by now from what is told of its fields."""
        return self.unseen == read.unseen and self.told != read.told


def mark_of(bounds: Iterable[BoundField], *, at: str, reader: Any) -> FormMark:
    """``at``: the address of the act; ``reader``: the key of who has read its form."""
    held: dict[str, list[Any]] = {name: [] for name in FormMark._fields}
    for bound in bounds:
        part = "told" if not bound.is_hidden else "base" if bound.name == "base" else "unseen"
        held[part].append([bound.html_name, _standing(bound)])
    salt = f"core.api.act|{at}|{reader}"
    made = {
        name: salted_hmac(salt, json.dumps(part), algorithm="sha256").hexdigest()[:32] for name, part in held.items()
    }
    return FormMark(**made)


def posted(bounds: Iterable[BoundField], given: Any) -> QueryDict:
    """The form as a browser would send it: with what is ``given`` by name, and else with what stands in it.

    Raises ValidationError for what is no object, a name that is no field, and a value that none can hold.
    """
    bounds = list(bounds)
    if not isinstance(given, Mapping):
        raise ValidationError({_OTHERS: [_("Give an object with the fields by their names.")]})
    unknown = set(given) - {bound.name for bound in bounds if not bound.is_hidden}
    if unknown:
        raise ValidationError({name: [_("There is no such field here.")] for name in sorted(unknown)[:TOLD]})
    data, wrong = QueryDict(mutable=True), {}
    for bound in bounds:
        is_given = bound.name in given
        values = _sent(bound, given[bound.name]) if is_given else _standing(bound)
        if values is None:
            wrong[bound.name] = [_wrong_kind(bound)]
        elif values:
            data.setlist(bound.html_name, values)
    if wrong:
        raise ValidationError(wrong)
    return data


def _sent(bound: BoundField, value: Any) -> list[str] | None:
    """None where this field cannot hold it."""
    if isinstance(bound.field, forms.BooleanField):
        return None if not isinstance(value, bool | None) else ["on"] * bool(value)
    if isinstance(bound.field, _SEVERAL):
        is_list = isinstance(value, list) and len(value) <= _MOST_VALUES and all(isinstance(one, str) for one in value)
        return value if is_list else [] if value is None else None
    if value is None:
        return []
    return [str(value)] if isinstance(value, str | int) and not isinstance(value, bool) else None


def _wrong_kind(bound: BoundField) -> str:
    return {
        "boolean": _("Give true or false."),
        "choices": _("Give a list of at most %(number)s words.") % {"number": _MOST_VALUES},
    }.get(kind_of(bound.field), _("Give words, or a whole number."))


def _standing(bound: BoundField) -> list[str]:
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return ["on"] * bool(value)
    if isinstance(bound.field, _SEVERAL):
        return _offered(value, bound.field)
    if value is None:
        return []
    is_day = isinstance(value, dt.date | dt.time)
    return [str(bound.field.widget.format_value(value) if is_day else value)]


def errors_of(form: forms.BaseForm) -> dict[str, list[str]]:
    """What is wrong, by field; of what is carried unseen beside the form as a whole."""
    found: dict[str, list[str]] = {}
    for name, errors in form.errors.items():
        is_whole = name == NON_FIELD_ERRORS or form[name].is_hidden
        found.setdefault(_OTHERS if is_whole else name, []).extend(plain(each) for each in errors)
    return found


def schema_of(fields: Mapping[str, forms.Field], *, is_open: bool) -> dict[str, Any]:
    """For the document of the API, in English. ``is_open``: the form has more fields, by what it is about."""
    with translation.override("en"):
        properties = {name: _schema(field) for name, field in fields.items() if not _is_unseen(field)}
    return {"type": "object", "properties": properties, "additionalProperties": {} if is_open else False}


def _is_unseen(field: forms.Field) -> bool:
    return field.widget.is_hidden or is_file(field)


def _schema(field: forms.Field) -> dict[str, Any]:
    kind = next((schema for kinds, _name, schema in _KINDS if isinstance(field, kinds)), {"type": "string"})
    said = {word: getattr(field, name, None) for name, word in _LIMITS.items()}
    described = {"description": plain(field.label)} if field.label else {}
    limits = {word: limit for word, limit in said.items() if isinstance(limit, int)}
    return {**kind, **described, **limits, "nullable": True}
