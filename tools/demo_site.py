"""The demo in an empty database, served, with people signed in: for pictures and for the figures of the design."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

os.environ["DJANGO_SETTINGS_MODULE"] = "tools.bench.settings"
os.environ["DATABASE_ROLE"] = "owner"


@contextmanager
def demo_site(emails: Iterable[str]) -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    """Give the address of the site, and by e-mail address the cookies of who is signed in ("" for nobody)."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder  # the files of the demo go with it
        _make_demo()
        # The sessions are made before Playwright's loop runs, in which Django refuses to touch the database.
        from accounts.people.models import User
        from tools.bench.servers import cookies_of, serving

        cookies = {email: cookies_of(User.objects.get(email=email)) for email in set(emails) if email}
        with serving("tools.bench.settings") as port:
            yield f"http://127.0.0.1:{port}", {**cookies, "": {}}


def _make_demo() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("seed_demo", verbosity=0)
    from observations.publications.tasks import render_publication_task
    from observations.texts.models import Publication

    for publication in Publication.objects.all():  # no worker runs here
        render_publication_task(str(publication.pk))
