"""The Celery application: its settings are Django's, prefixed ``CELERY_``.

The environment names the settings (``DJANGO_SETTINGS_MODULE``); there is no default here, because importing any
module of this package imports this one.
"""

from typing import Any

from celery import Celery, Task
from celery.signals import setup_logging


class SystemTask(Task):
    """A task acts as the system in the database; what it may do it asks the policy, like everybody."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from django.utils import timezone

        from core import context
        from core.database.identity import identified_as_system
        from core.institution.facts import home_zone
        from core.language.terminology import named, speaking

        with identified_as_system(), context.begun(), timezone.override(home_zone()), speaking(named("")):
            return super().__call__(*args, **kwargs)


app = Celery("country_reviews", task_cls=SystemTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _log_as_pages_do(**kwargs: Any) -> None:
    """Workers and beat write the lines that the settings say; without this Celery puts handlers of its own there."""
    from logging.config import dictConfig

    from django.conf import settings

    dictConfig(settings.LOGGING)
