"""As ``tools.bench.settings``, without proving to the database who acts: for measuring what that costs."""

from tools.bench.settings import *  # noqa: F403

_PROVING = {"core.web.middleware.identity.DatabaseIdentityMiddleware", "core.web.middleware.door.DoorMiddleware"}
MIDDLEWARE = [each for each in MIDDLEWARE if each not in _PROVING]  # noqa: F405
