"""What tests of reference data share."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ChangeFile = Callable[[str, Callable[[Any], Any]], None]


@pytest.fixture
def change_file(tmp_path: Path, settings: Any) -> ChangeFile:
    """Change a file of the mechanism, as the next version of the portal would."""
    shutil.copytree(settings.FIXTURES_DIR, tmp_path / "fixtures")
    settings.FIXTURES_DIR = tmp_path / "fixtures"

    def change(name: str, how: Callable[[Any], Any]) -> None:
        path = tmp_path / "fixtures" / "mechanisms" / "untoc" / name
        data = json.loads(path.read_text("utf-8"))
        how(data)
        path.write_text(json.dumps(data), "utf-8")

    return change
