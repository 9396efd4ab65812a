"""What is drawn by chance is drawn with one key, on whichever machine it is made."""

import grimp
import pytest
from django.conf import settings

from config.celery import app
from tests.architecture import compose

pytestmark = pytest.mark.unit


def test_the_general_report_is_blurred_with_the_key_of_its_page_alone() -> None:
    """Makers of documents have a key of their own: with it the same figures would be drawn a second time."""
    app.loader.import_default_modules()
    packages = sorted(each.name for each in compose.ROOT.iterdir() if (each / "apps.py").is_file())
    graph = grimp.build_graph(*packages, cache_dir=None)
    drawing = "portal.general_review.selectors"
    reaching = {
        name
        for name, task in app.tasks.items()
        if task.__module__ in graph.modules
        and app.amqp.router.route({}, name)["queue"].name == "pdf"
        and graph.find_shortest_chain(importer=task.__module__, imported=drawing)
    }
    assert reaching == set()
    report = app.tasks["portal.render_general_report"]
    assert graph.find_shortest_chain(importer=report.__module__, imported=drawing)
    assert report.time_limit == settings.JOB_SECONDS + 15, "and it ends as the makers of documents do"
