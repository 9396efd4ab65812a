from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

TOLD = 20  # of names that are none


class ShortListField(serializers.ListField):
    """A list of at most ``max_length``, which is looked at first: each entry may be an error of its own."""

    max_length: int

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, list) and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        return super().to_internal_value(data)


class StrictSerializer(serializers.Serializer[Any]):
    """What a program sends: a name that is none here is refused, so that no typing error is taken for silence."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        if unknown:
            raise serializers.ValidationError(
                {str(name): [_("There is no such field here.")] for name in sorted(unknown)[:TOLD]}
            )
        return super().to_internal_value(data)
