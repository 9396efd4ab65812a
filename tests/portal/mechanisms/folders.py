"""A portal without a mechanism, and files of mechanisms, whole or spoilt."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection

from core import jobs
from core.models import Job
from portal.mechanisms.models import MechanismChoice
from portal.mechanisms.policy import LOAD
from portal.mechanisms.services.choosing import carry_out_choice
from portal.mechanisms.shipped import read_folder
from reviews.shipped import shipped_mechanisms

SHIPPED = sorted(shipped_mechanisms())


def without_mechanisms() -> None:
    """As after a first start in which nobody has chosen; taken back with the test."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE reviews_mechanism, reviews_instrument CASCADE")
        apps = "ARRAY['reviews\\_%%', 'lots\\_%%', 'questionnaires\\_%%', 'observations\\_assistance%%']"
        cursor.execute(f'DELETE FROM core_loadedrow WHERE "table" LIKE ANY ({apps})')  # noqa: S608 - words of ours


def files_of(slug: str) -> dict[str, str]:
    return dict(read_folder(shipped_mechanisms()[slug]))


def changed(files: Mapping[str, str], name: str, change: Callable[[Any], None]) -> dict[str, str]:
    """The files with one of them changed."""
    data = json.loads(files[name])
    change(data)
    return {**files, name: json.dumps(data)}


def zipped(files: Mapping[str, str | bytes], folder: str = "") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{folder}{name}", text)
    return content.getvalue()


def load(choice: MechanismChoice) -> Job:
    """Do what a worker does."""
    job = jobs.latest_act(choice, LOAD)
    assert job is not None
    Job.objects.filter(pk=job.pk).update(status="running", attempts=1)
    job.refresh_from_db()
    carry_out_choice(job, lambda done: None)
    job.refresh_from_db()
    return job
