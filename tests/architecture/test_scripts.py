"""What the browser's scripts decide without a page is proven in Node.js: tests/scripts."""

import os
import subprocess
from pathlib import Path

import pytest

from tools.build_static import ROOT, find_node

pytestmark = pytest.mark.unit
SCHEDULES = 2000


def test_the_send_queue_holds_against_any_schedule_of_faults() -> None:
    node = find_node()
    assert node is not None
    scripts = sorted(str(path) for path in (Path(ROOT) / "tests" / "scripts").glob("*.test.mjs"))
    environment = {**os.environ, "FC_RUNS": os.environ.get("FC_RUNS", str(SCHEDULES))}
    ended = subprocess.run(
        [node.node, "--test", *scripts], cwd=ROOT, env=environment, text=True, capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "characters typed, 0 lost" in ended.stdout
