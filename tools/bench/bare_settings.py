"""A Django with nothing in the way: no session, no user, no token; the same database and pool."""

from tools.bench.settings import *  # noqa: F403

MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]  # the one without which allauth does not start
