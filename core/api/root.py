"""What there is in the API, for whoever asks."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.addresses import ApiAddress, api_addresses
from core.api.views import WholeListView


class AddressSerializer(serializers.Serializer[ApiAddress]):
    name = serializers.CharField()
    url = serializers.CharField(help_text="With a name in braces where a value goes (RFC 6570).")
    methods = serializers.ListField(child=serializers.CharField())


class RootView(WholeListView):
    """The addresses that are open to the caller: with an access token, those that its scopes reach."""

    scope_group = ""
    heeds_state = True
    serializer_class = AddressSerializer

    def get_rows(self) -> Iterable[dict[str, Any]]:
        for address in api_addresses():
            if methods := [method for method in address.methods if self._reaches(address.view, method)]:
                yield {"name": address.name, "url": address.url, "methods": methods}

    def _reaches(self, view: Any, method: str) -> bool:
        token: Any = self.request.auth
        if token is None:
            return True
        if view.scope_group is None or (token.state_party_id is not None and not view.heeds_state):
            return False
        scope = f"{view.scope_group}:{'read' if method == 'GET' else 'write'}"
        return not view.scope_group or scope in token.scopes
