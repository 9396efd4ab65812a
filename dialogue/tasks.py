"""The tasks of this app's features, for Celery to find."""

from core.features import modules_of

MODULES = list(modules_of("dialogue", "tasks"))
