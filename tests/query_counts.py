"""How many queries each list takes: literal numbers in ``query_counts.json``, the same for one row and for three."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.terms.selectors import newest_terms_number
from core.institution.facts import institution

COUNTS = Path(__file__).with_name("query_counts.json")


@contextmanager
def assert_query_count(name: str) -> Iterator[None]:
    """Fail unless the block takes exactly the number of queries that the file names for ``name``."""
    expected = json.loads(COUNTS.read_text(encoding="utf-8"))[name]
    for look in (newest_terms_number, institution):
        look()  # kept for some minutes, whichever page asks first
    with CaptureQueriesContext(connection) as captured:
        yield
    # Rules of accounts are kept in the cache for a minute, whichever page asks first.
    queries = [query["sql"] for query in captured.captured_queries if "accounts_accountrule" not in query["sql"]]
    seen = "\n".join(query[:160] for query in queries)
    assert len(queries) == expected, f"{name}: {len(queries)} queries, {expected} expected:\n{seen}"
