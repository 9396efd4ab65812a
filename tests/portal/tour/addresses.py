"""Who gets what at the addresses by which one leaves a tour, or begins it again: everybody, for oneself."""

from tests.permissions.urls_base import ANYBODY, Page


def _of_work(_scene: object) -> list[str]:
    return ["work"]


TABLE = {
    "tours": [
        Page("portal:tour-leave", ANYBODY, _of_work, "post", success=302),
        Page("portal:tour-again", ANYBODY, _of_work, "post", success=302),
    ]
}
