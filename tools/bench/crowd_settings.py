"""The settings of the bench, with the limits on how often somebody may ask that ``make run`` has."""

from config.settings.base import RATE_LIMITS as OF_MAKE_RUN
from tools.bench.settings import *  # noqa: F403

RATE_LIMITS = OF_MAKE_RUN
