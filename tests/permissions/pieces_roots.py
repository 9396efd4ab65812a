"""A signed root over the record, made when the first address asks for one."""

import datetime as dt
import tempfile
from functools import cached_property
from pathlib import Path

from core.audit.roots.giving import give_root
from core.models import RecordRoot
from tests.core.audit.roots import kept_in


class Roots:
    """Its file is of no use to a page, which has the row."""

    @cached_property
    def first(self) -> RecordRoot:
        with tempfile.TemporaryDirectory() as name, kept_in(Path(name) / "roots"):
            return give_root(dt.date(2026, 11, 25))
