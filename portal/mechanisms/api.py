"""Mechanisms for programs of the secretariat: those in the portal, and those that are on their way into it."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.reads import ObjectTwin, RowSerializer, WholeListTwin, name_of
from portal.mechanisms.models import MechanismChoice
from portal.mechanisms.selectors import ShownMechanism, failed_loads, open_choices, standing_mechanisms
from portal.mechanisms.views.choosing import MechanismChoiceView, MechanismListView


class MechanismSerializer(serializers.Serializer[ShownMechanism]):
    """A mechanism in the portal, with how much it holds."""

    slug = serializers.CharField()
    name = serializers.CharField()
    instruments = serializers.IntegerField(source="figures.instruments")
    clusters = serializers.IntegerField(source="figures.clusters")
    questions = serializers.IntegerField(source="figures.questions")
    steps = serializers.IntegerField(source="figures.steps")
    reviews = serializers.IntegerField(source="figures.reviews")


class MechanismListApiView(WholeListTwin):
    """The mechanisms that are in the portal."""

    shows = MechanismListView
    scope_group = "office"
    twin_of = ("portal:mechanism-list",)
    serializer_class = MechanismSerializer

    def get_rows(self) -> Iterable[Any]:
        return standing_mechanisms()


class MechanismChoiceSerializer(RowSerializer):
    """One that was chosen or brought in, and how far it is."""

    chosen_by = name_of("chosen_by")
    chosen_at = serializers.DateTimeField(source="created_at")
    decided_by = name_of("decided_by")

    class Meta:
        model = MechanismChoice
        fields = [
            "id", "way", "slug", "short_name", "file_name", "sha256", "status", "chosen_by", "chosen_at", "decided_by",
        ]  # fmt: skip


class OpenChoiceSerializer(MechanismChoiceSerializer):
    """``failure``: why it was not loaded, empty where it waits for another member of the secretariat."""

    failure = serializers.CharField(default="")

    class Meta(MechanismChoiceSerializer.Meta):
        fields = [*MechanismChoiceSerializer.Meta.fields, "failure"]


class MechanismChoiceListApiView(WholeListTwin):
    """Those that wait for another member of the secretariat, then those that were to be loaded and are not."""

    shows = MechanismListView
    scope_group = "office"
    twin_of = ("portal:mechanism-list",)
    serializer_class = OpenChoiceSerializer

    def get_rows(self) -> Iterable[Any]:
        yield from open_choices()
        for choice, job in failed_loads():
            choice.failure = job.error  # type: ignore[attr-defined]
            yield choice


class MechanismChoiceApiView(ObjectTwin):
    """One mechanism that was chosen or brought in."""

    shows = MechanismChoiceView
    scope_group = "office"
    twin_of = ("portal:mechanism-choice",)
    serializer_class = MechanismChoiceSerializer

    def get_object(self) -> MechanismChoice:
        choice: MechanismChoice = self.shown.policy_target
        return choice
