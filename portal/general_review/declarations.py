"""What this feature declares to the kernel: the file that it makes."""

from core import jobs
from portal.general_review.files import KIND


def declare() -> None:
    jobs.register(KIND)
