"""The practice portal, and the way to it and back (docs/adr/0057).

The portal in which a whole review is played is this code with a database, keys and files of its own: ``PRACTICE`` says
that this process serves it. Both sides know one key, ``PRACTICE_KEY``, by which they sign what one hands to the other.
"""

from urllib.parse import urlsplit

from config.env import env, secret

PRACTICE = env.bool("PRACTICE", False)
PRACTICE_KEY = secret("PRACTICE_KEY", "")
# Where a browser finds the other side: of the portal, its practice portal (empty: there is none, and no page speaks of
# it); of the practice portal, the portal that people come from.
PRACTICE_URL = env.str("PRACTICE_URL", "").rstrip("/") if PRACTICE_KEY and not PRACTICE else ""
PORTAL_URL = env.str("PORTAL_URL", "").rstrip("/") if PRACTICE else ""
# Where the practice portal sleeps until somebody comes (config/embedded/practice.py): the file that wakes it, and where
# it says that it is awake. Empty: it always is.
PRACTICE_WAKE_FILE = env.str("PRACTICE_WAKE_FILE", "")
PRACTICE_PROBE = env.str("PRACTICE_PROBE", "")
# Of the practice portal: the file whose age tells for how long nobody has come.
PRACTICE_SEEN_FILE = env.str("PRACTICE_SEEN_FILE", "")
# Before the names of its cookies, for browsers keep those of all ports of one host together.
COOKIES_OF = "practice_" if PRACTICE else ""
# No mail leaves it, whatever else is set: a page shows what would have been sent.
NO_MAIL = "django.core.mail.backends.dummy.EmailBackend" if PRACTICE else ""


def other_side() -> list[str]:
    """The other side, for the Content-Security-Policy: a button of a page may lead there, and nowhere else."""
    parts = urlsplit(PORTAL_URL if PRACTICE else PRACTICE_URL)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
