"""The roots over the record of acts, which are for everybody."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView

from core.api.reads import RowSerializer
from core.api.views import StrictView
from core.audit.roots.selectors import get_public_root, public_roots
from core.models import RecordRoot


class RootOfRecordSerializer(RowSerializer):
    """``file`` is the address of the root as it is kept, byte for byte; ``key`` names the key that has signed it."""

    file = serializers.SerializerMethodField()

    class Meta:
        model = RecordRoot
        fields = ["number", "day", "earlier", "tree", "hash", "key", "signature", "file"]

    def get_file(self, root: RecordRoot) -> str:
        return reverse("core:root-file", args=[root.number])


class RootListApiView(StrictView, ListAPIView[RecordRoot]):
    """The roots over the record of acts, the newest first."""

    scope_group = "reviews"
    heeds_state = True  # what is public is the same for all
    twin_of = ("core:root-list",)
    serializer_class = RootOfRecordSerializer
    cursor_ordering = ("-number",)

    def get_queryset(self) -> Any:
        return public_roots()


class RootDetailApiView(StrictView, RetrieveAPIView[RecordRoot]):
    """One root."""

    scope_group = "reviews"
    heeds_state = True
    twin_of = ("core:root-detail",)
    serializer_class = RootOfRecordSerializer

    def get_object(self) -> RecordRoot:
        return get_public_root(self.kwargs["number"])
