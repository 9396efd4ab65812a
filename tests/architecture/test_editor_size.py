"""The editor is one file that is fetched where somebody writes, and no larger than was promised (docs/adr/0065)."""

import brotli
import pytest

from tools.build_static import TARGET

pytestmark = pytest.mark.unit
LARGEST = 60 * 1024


def test_the_editor_is_at_most_sixty_kilobytes_as_served() -> None:
    size = len(brotli.compress((TARGET / "vendor" / "editor.js").read_bytes()))
    assert 20_000 < size <= LARGEST
