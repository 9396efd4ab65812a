"""The tasks of the kernel's drawers, for Celery to find."""

from core.features import modules_of

MODULES = list(modules_of("core", "tasks"))
