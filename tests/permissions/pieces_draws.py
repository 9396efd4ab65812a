"""Draws at every status, made when the first address asks for one: most tests of addresses need none."""

from functools import cached_property
from typing import Any

from django.core.files.base import ContentFile

from core.enums import JobStatus
from core.models import Job
from core.models.names import audit_name_of
from lots.course.services import request_void
from lots.draws.enums import DrawStatus, SeedKind
from lots.draws.models import Draw
from lots.publication.jobs import PROTOCOL_PDF
from tests.factories.core import JobFactory
from tests.lots.making import PUBLIC_VALUE, Officers, commit, make_draw
from tests.lots.publication.pressing import press

_REASON = "The States have agreed on it."


class Draws:
    """Training draws whose officers are nobody of the cast, so that the cast's own officer may do what comes next."""

    @cached_property
    def officers(self) -> Officers:
        return Officers()

    @cached_property
    def prepared(self) -> Draw:
        return self._make(DrawStatus.PREPARED)

    @cached_property
    def announced(self) -> Draw:
        return self._make(DrawStatus.ANNOUNCED, public_values=(PUBLIC_VALUE,))

    @cached_property
    def committed(self) -> Draw:
        """All delegates have committed, nobody has read a value."""
        draw = self._make(DrawStatus.ANNOUNCED)
        for part in draw.seed_parts.filter(kind=SeedKind.DELEGATE):
            commit(part, self.officers.keeper)
        return draw

    @cached_property
    def seeded(self) -> Draw:
        return self._make(DrawStatus.SEEDED)

    @cached_property
    def drawn(self) -> Draw:
        return self._make(DrawStatus.DRAWN)

    @cached_property
    def doubted(self) -> Draw:
        """Its voiding is asked for."""
        draw = self._make(DrawStatus.DRAWN)
        return request_void(actor=self.officers.keeper, draw=draw, reason="The input lacks a State.")

    @cached_property
    def publishing(self) -> Draw:
        """A worker is about to open its reviews."""
        draw = self._make(DrawStatus.DRAWN)
        press(draw, self.officers.runner, reason=_REASON)
        return draw

    @cached_property
    def refused(self) -> Draw:
        """It was not published, and its page says why."""
        draw = self._make(DrawStatus.DRAWN)
        job = press(draw, self.officers.runner, reason=_REASON)
        Job.objects.filter(pk=job.pk).update(status=JobStatus.FAILED, error="Veskaria has a review already.")
        return draw

    @cached_property
    def published(self) -> Draw:
        """Made last: with one published, no other of its phase is begun."""
        assert self.publishing
        assert self.refused
        return self._make(DrawStatus.PUBLISHED)

    @cached_property
    def voided(self) -> Draw:
        return self._make(DrawStatus.VOIDED, phase=2)

    @cached_property
    def protocol_job(self) -> Job:
        job: Job = JobFactory(
            kind=PROTOCOL_PDF,
            target_type=audit_name_of(Draw),
            target_id=self.drawn.pk,
            requested_by=self.officers.keeper,
            status=JobStatus.DONE,
            progress=100,
            file_name="protocol.pdf",
        )
        job.result.save(f"{job.pk}.pdf", ContentFile(b"%PDF-1.7"))
        return job

    def _make(self, status: DrawStatus, **more: Any) -> Draw:
        return make_draw(status, officers=self.officers, **more)
