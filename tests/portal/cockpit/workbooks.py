"""The cockpit's spreadsheet as an officer gets it: asked for on the page, made by a worker, fetched."""

import io
from typing import Any

from django.test import Client
from openpyxl import Workbook, load_workbook

from core.models import Job
from portal.cockpit.tasks import make_cockpit_spreadsheet_task


def workbook(client: Client, page: str) -> tuple[Any, Workbook]:
    """The answer with the file, and what is in it; ``page`` is the cockpit with its filter."""
    asked = client.post(client.get(page).context["spreadsheet_address"])
    job = Job.objects.latest("created_at")
    assert asked["Location"].endswith(f"/jobs/{job.pk}/")
    make_cockpit_spreadsheet_task.run(str(job.pk))
    file = client.get(f"{asked['Location']}download/")
    return file, load_workbook(io.BytesIO(b"".join(file.streaming_content)))  # type: ignore[attr-defined]
