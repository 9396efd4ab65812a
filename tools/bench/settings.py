"""The settings of ``make run`` with the address of the bare view besides."""

from config.settings.dev import *  # noqa: F403

ROOT_URLCONF = "tools.bench.urls"
LOG_LEVEL = "ERROR"
LOGGING["root"]["level"] = "ERROR"  # type: ignore[index]  # noqa: F405
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = False
