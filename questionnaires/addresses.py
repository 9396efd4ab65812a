"""Where the pages of a self-assessment, and of what was sent of it, lie."""

from reviews.addresses import REVIEW

RESPONSE = f"{REVIEW}response/"
SUBMISSION = f"{REVIEW}submission/"
