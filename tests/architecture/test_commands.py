"""Every command of ours has a test, says what it does, and is thin."""

from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from tests.architecture.test_docs import our_commands

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 50  # lines: a command reads its arguments, calls a service and prints


def test_there_are_commands() -> None:
    assert {"load_reference", "seed_demo", "export_questionnaires"} <= set(our_commands())


@pytest.mark.parametrize("command", our_commands())
def test_every_command_has_a_test(command: str) -> None:
    tests = [path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)]
    assert [path.name for path in tests if f'"{command}"' in path.read_text("utf-8")] != []


@pytest.mark.parametrize("command", our_commands())
def test_every_command_says_what_it_does(command: str) -> None:
    assert load_command_class(get_commands()[command], command).help.endswith(".")


@pytest.mark.parametrize("command", our_commands())
def test_every_command_is_thin(command: str) -> None:
    module = import_module(f"{get_commands()[command]}.management.commands.{command}")
    assert Path(str(module.__file__)).read_text("utf-8").count("\n") <= LONGEST
