"""What others see of how the portal fares: figures, security events, faults, traces (docs/operations/watching.md).

All of it is off until somebody names where it goes; none of it holds what people write, a name or an address.
"""

from config.env import env, secret

# Who asks for ``/metrics`` with this token gets the figures. Empty: there is no such address.
METRICS_TOKEN = secret("METRICS_TOKEN", "")
# A file that security events are written to, one a line; "-" for the standard error. Empty: nowhere.
SECURITY_LOG = env.str("SECURITY_LOG", "")
# The acts of the record that are security events, as patterns of their verbs.
SECURITY_VERBS = (
    "accounts.link.*",
    "accounts.provider.*",
    "accounts.session.*",
    "accounts.staff_session.*",
    "accounts.token.*",
    "accounts.user.*",
    "reviews.access.*",
    "reviews.feed.*",
    "reviews.mission.*",
    "reviews.participation.*",
    "portal.dossier.*",
    "portal.exchange.*",
    "*document.requested",
    "*document.taken",
)
# Where faults are told to a Sentry, and traces to a collector that takes OTLP over HTTP. Each wants packages besides.
SENTRY_DSN = secret("SENTRY_DSN", "")
TRACES_ENDPOINT = env.str("TRACES_ENDPOINT", "")
TRACES_RATIO = env.float("TRACES_RATIO", 0.1)
