"""How much the proof of confidentiality covers, counted from its own tables, for docs/security.md."""

import re
from pathlib import Path

from tests.permissions import canaries
from tests.permissions.urls import PAGES
from tests.permissions.urls_base import EVERYBODY, STAGES

_BLOCK = re.compile(r"(?<=<!-- counts, made by tools/matrix.py -->\n).*?(?=<!-- end of counts -->)", re.DOTALL)


def with_counts(path: Path, decisions: int) -> str:
    """The page with its block of figures made anew; ``decisions`` are the cells of the tables of permissions.

    Raises ValueError where the page has no such block.
    """
    text = path.read_text("utf-8")
    if not _BLOCK.search(text):
        raise ValueError(f"{path} has no block of counts")
    return _BLOCK.sub(lambda match: _table(decisions), text)


def _table(decisions: int) -> str:
    people = len(EVERYBODY) + 1  # and somebody who is not signed in
    cells = sum(len(page.access) for page in PAGES)
    fields = sum(len(content.fields) for content in canaries.CONTENT)
    models = len({content.model for content in canaries.CONTENT})
    rows = [
        ("decisions of the policy in the reviewed tables: action × role × side × step", f"{decisions:,}"),
        ("addresses", len({page.name for page in PAGES})),
        ("requests in the table (address, method, object, form)", len(PAGES)),
        ("people, by role and side, and one who is not signed in", people),
        ("steps of a review", len(STAGES)),
        ("answers checked: requests × steps at which they exist × people", f"{cells * people:,}"),
        ("confidential fields with planted words", f"{fields} in {models} tables"),
    ]
    return "\n".join(
        ["", "| what | how many |", "|---|---|", *(f"| {what} | {count} |" for what, count in rows), "", ""]
    )
