"""Who gets what at the addresses of open data: everybody the same."""

from tests.permissions.urls_base import ANYBODY, Page

TABLE = {
    "open data": [
        Page("open-data", ANYBODY, lambda scene: ["untoc", "datapackage.json"], anonymous=200),
        Page("open-data-table", ANYBODY, lambda scene: ["untoc", "texts", "csv"], anonymous=200),
    ]
}
