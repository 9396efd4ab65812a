"""The settings of ``make run`` with the address of the bare view besides."""

from config.settings.dev import *  # noqa: F403

ROOT_URLCONF = "tools.bench.urls"
LOG_LEVEL = "ERROR"
LOGGING["root"]["level"] = "ERROR"  # noqa: F405
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
# Sixteen browsers of one person ask more in a second than a person does in an hour.
RATE_LIMITS = dict.fromkeys(RATE_LIMITS, (1_000_000, 1_000_000))  # noqa: F405
SHOWS_TOURS = False  # pictures and figures are of the pages alone
# Measured before `make run` has ever collected the static files.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
