"""The demo has an administrator with a passphrase that everybody can read in the code: it is not made for people."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.people.models import User

pytestmark = pytest.mark.django_db


def test_the_settings_that_serve_people_refuse_it() -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATABASE_ROLE": "app",
        "SECRET_KEY": "only-for-this-test-0123456789-0123456789-0123456789",
    }
    command = [sys.executable, "manage.py", "seed_demo", "--until", "consultations"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "These settings serve people: the demo is not made here" in done.stderr


def test_a_refused_demo_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DEMO_IS_ALLOWED", False)
    with pytest.raises(CommandError):
        call_command("seed_demo", until="consultations")
    assert User.objects.count() == 0
