"""Draws for programs of the secretariat, also before they are announced."""

from typing import Any

from core.api.reads import ObjectTwin, PagedListTwin, name_of
from lots.course.views.draw_detail import DrawDetailView
from lots.course.views.draw_list import DrawListView
from lots.draws.models import Draw
from lots.publication import DrawSerializer, WholeDrawSerializer


class OwnDrawSerializer(WholeDrawSerializer):
    """``result`` is empty before the draw is run, ``seed`` before it is complete; ``void_reason`` says why also what is
    only asked for.
    """

    prepared_by = name_of("prepared_by")
    announced_by = name_of("announced_by")
    run_by = name_of("run_by")
    published_by = name_of("published_by")
    void_requested_by = name_of("void_requested_by")
    voided_by = name_of("voided_by")

    class Meta(WholeDrawSerializer.Meta):
        fields = [
            *WholeDrawSerializer.Meta.fields, "seed", "run_at", "prepared_by", "announced_by", "run_by", "published_by",
            "void_requested_by", "void_requested_at", "voided_by",
        ]  # fmt: skip

    def get_void_reason(self, draw: Draw) -> str:
        return draw.void_reason

    def shows_result(self, draw: Draw) -> bool:
        return True


class DrawListApiView(PagedListTwin):
    """All draws of a mechanism, the latest first."""

    shows = DrawListView
    scope_group = "office"
    twin_of = ("lots:draw-list",)
    serializer_class = DrawSerializer
    cursor_ordering = ("-created_at", "pk")


class DrawDetailApiView(ObjectTwin):
    """One draw: all that is fixed of it, what was drawn, also as the ceremony reveals it, and who did what."""

    shows = DrawDetailView
    scope_group = "office"
    twin_of = ("lots:draw-detail", "lots:draw-ceremony")
    serializer_class = OwnDrawSerializer

    def get_object(self) -> Any:
        return self.shown.draw
