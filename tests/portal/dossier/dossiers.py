"""Dossiers as they are made for people of a test: the archive, what is in it, and what the program says of it."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from accounts.people.models import User
from core import jobs
from core.enums import JobStatus
from core.models import Job
from core.verifier import verify_record
from portal.dossier.services import DOSSIER, start_dossier
from portal.dossier.tasks import make_dossier_task
from reviews.cases.models import Review


def made_for(user: User, review: Review, language: str = "en") -> Job:
    """Asked for, and made as a worker does."""
    job = start_dossier(user, review, language=language)
    make_dossier_task.run(str(job.pk))
    job.refresh_from_db()
    assert (job.kind, job.status, job.error) == (DOSSIER, JobStatus.DONE, "")
    assert jobs.find(job.pk).target.review == review
    return job


def content_of(job: Job) -> dict[str, bytes]:
    with job.result.open("rb") as file, zipfile.ZipFile(io.BytesIO(file.read())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest_of(files: dict[str, bytes]) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(files["manifest.json"])
    return manifest


def printed(files: dict[str, bytes]) -> str:
    """The words of the print, whose lines end within them."""
    pages = PdfReader(io.BytesIO(files["record.pdf"])).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def packed(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def verified(path: Path, *options: str) -> tuple[int, list[str]]:
    """Exit status and lines of the program."""
    lines: list[str] = []
    status = verify_record.main([str(path), *options], lines.append)
    return status, lines
