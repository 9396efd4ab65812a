from rest_framework import serializers

from accounts.states.models import StateParty


class StateSerializer(serializers.ModelSerializer[StateParty]):
    """A State as its code and its name in the caller's language."""

    class Meta:
        model = StateParty
        fields = ["iso3", "name"]
