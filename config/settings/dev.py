"""Values for one machine without TLS: what ``make run`` uses."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-commands-on-a-developer-machine-never-for-serving-people")

from config.settings.base import *

DEMO_IS_ALLOWED = True
