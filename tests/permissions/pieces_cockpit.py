"""Views, acts and a document of the cockpit for the table of addresses; all are the officer's."""

from functools import cached_property

from django.core.files.base import ContentFile

from core.enums import JobStatus
from core.models import Job
from core.models.names import audit_name_of
from portal.cockpit.enums import BulkKind
from portal.cockpit.files import COCKPIT_PDF
from portal.cockpit.models import BulkAct, SavedView
from portal.cockpit.selectors.bulk import Terms
from portal.cockpit.services import prepare_bulk_act, save_view
from reviews.cases.models import Review
from tests.factories.core import JobFactory
from tests.utils import Cast


class Cockpit:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    @cached_property
    def private(self) -> SavedView:
        return self._view("Mine", "officer=me", is_shared=False)

    @cached_property
    def shared(self) -> SavedView:
        return self._view("Late", "overdue=on", is_shared=True)

    @cached_property
    def act(self) -> BulkAct:
        return self._act(BulkKind.REMIND, Terms())

    @cached_property
    def extension(self) -> BulkAct:
        return self._act(BulkKind.EXTEND, Terms(days=14, reason="The ministries are being moved."))

    @cached_property
    def job(self) -> Job:
        mechanism = self.cast.review.mechanism
        job: Job = JobFactory(
            kind=COCKPIT_PDF,
            target_type=audit_name_of(mechanism),
            target_id=mechanism.pk,
            requested_by=self.cast.officer,
            details={"query": "overdue=on", "zoom": "", "sort": ""},
            status=JobStatus.DONE,
            progress=100,
        )
        job.result.save(f"{job.pk}.pdf", ContentFile(b"%PDF-1.7"))
        return job

    def make_all(self) -> None:
        """Here and now, as whoever owns the tables; the pages are asked for as others."""
        assert self.private and self.shared and self.act and self.extension and self.job

    def _act(self, kind: BulkKind, terms: Terms) -> BulkAct:
        review = self.cast.review
        reviews = Review.objects.filter(pk=review.pk)
        return prepare_bulk_act(
            actor=self.cast.officer, mechanism=review.mechanism, kind=kind, reviews=reviews, terms=terms
        )

    def _view(self, name: str, query: str, *, is_shared: bool) -> SavedView:
        mechanism = self.cast.review.mechanism
        return save_view(actor=self.cast.officer, mechanism=mechanism, name=name, query=query, is_shared=is_shared)
