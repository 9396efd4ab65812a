"""The demo up to a step, for all tests that look at it: ``@pytest.mark.kept.with_args(demo, step)``."""

from io import StringIO

from django.core.management import call_command

from lots.draws.models import Draw
from portal.demo.draws import load_draws


def demo(until: str) -> None:
    call_command("seed_demo", "--until", until, stdout=StringIO())


def demo_with_draws() -> list[str]:
    demo("consultations")
    assert Draw.objects.count() == 0, "a demo that stops early has no draws"
    return load_draws()
