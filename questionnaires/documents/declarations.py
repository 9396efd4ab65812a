"""What this feature declares to the kernel: the documents that it makes."""

from core import jobs
from questionnaires.documents.services import KINDS


def declare() -> None:
    for kind in KINDS:
        jobs.register(kind)
