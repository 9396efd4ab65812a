"""How far a document is that somebody has asked for."""

from django.urls import reverse
from rest_framework import serializers

from core.api.reads import ObjectTwin, RowSerializer
from core.models import Job
from core.web.views import JobDetailView


class JobSerializer(RowSerializer):
    """``file`` is the address of what was made, null before; a program asks again after a while."""

    file = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = ["id", "kind", "language", "status", "progress", "file_name", "file", "started_at", "finished_at"]

    def get_file(self, job: Job) -> str | None:
        return reverse("api:job-download", args=[job.pk]) if job.result else None


class JobApiView(ObjectTwin):
    """How far a document is; who may make it may see that."""

    shows = JobDetailView
    twin_of = ("core:job-detail",)
    serializer_class = JobSerializer

    def get_object(self) -> Job:
        job: Job = self.shown.found.job
        return job
