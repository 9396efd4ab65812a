"""The portal without the statements that tell the database who acts; for a database without row-level security."""

from tools.bench.settings import *  # noqa: F403

MIDDLEWARE = [each for each in MIDDLEWARE if each != "core.middleware.acting.ActingMiddleware"]  # noqa: F405
