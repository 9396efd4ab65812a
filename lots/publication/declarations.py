"""What this feature declares to the kernel: the documents that it makes."""

from core import jobs
from lots.publication.services.documents import KINDS


def declare() -> None:
    for kind in KINDS:
        jobs.register(kind)
