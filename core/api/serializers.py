from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers


class StrictSerializer(serializers.Serializer[Any]):
    """What a program sends: a name that is none here is refused, so that no typing error is taken for silence."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        if unknown:
            raise serializers.ValidationError({str(name): [_("There is no such field here.")] for name in unknown})
        return super().to_internal_value(data)
