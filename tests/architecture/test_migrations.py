"""Migrations are complete and in one line."""

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parents[2]
APPS = ("core", "accounts", "reviews", "questionnaires", "lots", "dialogue", "observations", "portal")
# Those that were squashed; what comes after them is a file of its own each, and counted apart (docs/adr/0036).
SQUASHED = {
    "reviews/0002_acting", "reviews/0003_walls",
    *(f"{app}/0001_initial" for app in APPS),
    *(f"{app}/0002_walls" for app in APPS if app != "reviews"),
}  # fmt: skip


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    out = StringIO()
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1, stdout=out)
    assert out.getvalue() == "No changes detected\n"


@pytest.mark.parametrize("app", APPS)
def test_the_migrations_of_an_app_stand_in_one_line(app: str) -> None:
    """One first, one last, and each but the last followed by one: two people who each add one must rebase."""
    loader = MigrationLoader(connection=None)
    own = {key for key in loader.disk_migrations if key[0] == app}
    followers = {key: [other for other in own if key in loader.disk_migrations[other].dependencies] for key in own}
    assert {key: after for key, after in followers.items() if len(after) > 1} == {}
    assert len(loader.graph.leaf_nodes(app)) == min(1, len(own))


@pytest.mark.parametrize("app", APPS)
def test_numbers_follow_each_other(app: str) -> None:
    loader = MigrationLoader(connection=None)
    numbers = sorted(int(name[:4]) for label, name in loader.disk_migrations if label == app)
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_app_with_rows_is_checked() -> None:
    with_rows = {model._meta.app_label for model in apps.get_models() if model.__module__.partition(".")[0] in APPS}
    assert with_rows <= set(APPS)


def test_what_all_migrations_make_follows_from_few_lines() -> None:
    """They were squashed so that a new database costs seconds, and a reader an hour (docs/adr/0036 and 0069)."""
    paths = [path for path in ROOT.glob("*/migrations/*.py") if f"{path.parts[-3]}/{path.stem}" in SQUASHED]
    assert len(paths) == len(SQUASHED)
    assert sum(len(path.read_text().splitlines()) for path in paths) < 3000
