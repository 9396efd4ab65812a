"""The worker of `make run` on a database of the tests: ``python -m tests.core.killing.documents <database> <folder>``.

It knows one kind of document more, which takes as long as a test wants: it is ready once ``<folder>/go`` is there.
Each process that begins one leaves its id in ``<folder>``.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
KIND = TASK = "tests.slow_document"
SECONDS = 6  # that it may take


def make(job: Any, tell: Callable[[int], None], folder: Path) -> bytes:
    (folder / f"{job.attempts}.pid").write_text(str(os.getpid()))
    tell(10)
    while not (folder / "go").exists():
        with suppress(Exception):  # as a library that swallows whatever comes, the first limit among it
            time.sleep(0.05)
    return b"%PDF"


def main(database: str, folder: Path) -> None:
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    settings.CELERY_TASK_ANNOTATIONS = {TASK: {"soft_time_limit": SECONDS, "time_limit": SECONDS + 2}}
    django.setup()
    from config.celery import app
    from config.embedded import worker
    from core import jobs
    from core.jobs import JobKind, making
    from reviews.cases.enums import ReviewAction

    @app.task(name=TASK)
    def make_task(job_id: str) -> None:
        making.run(job_id, lambda job, tell: make(job, tell, folder))

    nothing: Any = None
    jobs.register(JobKind(KIND, ReviewAction.VIEW, lambda job: None, nothing, nothing, make_task))
    worker.main()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
