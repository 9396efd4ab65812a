"""The browser of the journeys and of the walk."""

import os

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Without the list of all that is right, which takes longer to hand over than to find.
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
CHROMIUM = os.environ.get("CHROMIUM", "")
IS_CI = os.environ.get("CI", "").lower() in {"1", "true"}
LAUNCH = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
