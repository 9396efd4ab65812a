"""Forks workers that are killed: ``python -m tests.core.killing.nursery <database> <port>``, a line for each worker.

It has loaded Django once, so that a new worker costs no second. It answers each line with the worker's process id.
"""

import os
import signal
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")


def main(database: str, port: int) -> None:
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    settings.MAIL_LEASE_SECONDS = 3
    django.setup()
    from tests.core.killing import workers

    workers.warm_up()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that were killed
    for line in sys.stdin:
        name, *words = line.split()
        work: Any = getattr(workers, name)
        child = os.fork()
        if child == 0:
            _work(work, words)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _work(work: Any, words: list[str]) -> None:
    code = 1
    try:
        work(*words)
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
