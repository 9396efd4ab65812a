"""Values for the tests: the same PostgreSQL and Valkey, in a place of their own."""

import os
from pathlib import Path

from tests.folders import passing_folder

os.environ.setdefault("SECRET_KEY", "only-for-tests-and-not-secret-at-all-0123456789")
os.environ.setdefault("DATA_DIR", os.environ.get("DATA_DIR") or passing_folder())
os.environ.setdefault("DATABASE_ROLE", "owner")

from config.settings.base import *

ALLOWED_HOSTS = ["*"]
DEMO_IS_ALLOWED = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# All tests come from one address; the limits for a name stay as they are.
ACCOUNT_RATE_LIMITS = {"login": "3000/m/ip", "login_failed": "3000/m/ip,10/15m/key", "reauthenticate": "3000/m/user"}
MFA_RATE_LIMITS = {"webauthn_login": "3000/m/ip"}
# Tests that run at once share one Valkey, but neither their queues nor what is cached.
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": _WORKER}
CACHES = {"default": {**CACHES["default"], "KEY_PREFIX": _WORKER}}
# Tests ask more in a minute than people do; those of the limits set their own.
RATE_LIMITS = dict.fromkeys(RATE_LIMITS, (1000000, 1000000))
# Pages are served as the plain role, under row-level security; what a test prepares and looks up, as the owner.
MIDDLEWARE = ["tests.plain_role.PlainRoleMiddleware", *MIDDLEWARE]
# Emptied after each test, so that it is never a folder that somebody has named.
RECORD_ROOTS_DIR = Path(passing_folder()) / "roots"
RECORD_KEY_FILE = ""
# No tour lies over a page, but in the tests of tours.
SHOWS_TOURS = False
# There is a practice portal, where nobody ever goes.
PRACTICE_URL, PRACTICE_KEY = "http://practice.example", "only-for-tests-known-to-both-portals-0123456789"
# As pages have it, and in a test that takes back what it wrote on its connection (tests/door/base.py).
if DATABASE_DOOR_ROLE:
    DATABASES["door"] = {**DATABASE_AT_THE_DOOR, "ENGINE": "tests.door", "TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["core.database.routers.DoorRouter"]
