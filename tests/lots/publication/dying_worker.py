"""The worker of `make run` that stops in the midst of a publication: ``... <database> <folder> <moment>``.

At the moment it leaves the id of its process in ``<folder>/stopped.pid`` and waits there to be killed. Whoever comes
after it goes on.
"""

import os
import sys
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
SETTLED, COMMITTED = "settled", "committed"
MOMENTS = ("1", "12", "25", SETTLED, COMMITTED)  # after so many reviews; before the commit, and just after it


def stop(folder: Path) -> None:
    if not (folder / "stopped.pid").exists():
        (folder / "coming.pid").write_text(str(os.getpid()))
        (folder / "coming.pid").rename(folder / "stopped.pid")
        time.sleep(600)


def stop_at(moment: str, folder: Path) -> None:
    from lots.publication.services import publication

    settle, carry_out, open_review = publication.settle, publication.carry_out_publication, publication.open_review
    opened = [0]

    def opening(**given: Any) -> Any:
        review = open_review(**given)
        opened[0] += 1
        if str(opened[0]) == moment:
            time.sleep(1)  # until it is told
            stop(folder)
        return review

    def settling(job: Any) -> None:
        settle(job)
        if moment == SETTLED:
            stop(folder)

    def carrying_out(job: Any, tell: Any) -> None:
        opened[0] = 0
        carry_out(job, tell)
        if moment == COMMITTED:
            stop(folder)

    stopping = {"open_review": opening, "settle": settling, "carry_out_publication": carrying_out}
    for name, each in stopping.items():
        setattr(publication, name, each)


def main(database: str, folder: Path, moment: str) -> None:
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from config.embedded import worker

    stop_at(moment, folder)
    worker.main()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
