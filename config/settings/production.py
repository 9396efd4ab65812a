"""Values for a public address behind TLS, which a proxy in front of the portal ends."""

from config.settings.base import *
from config.settings.base import env

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
# Whoever asks for health comes from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)/$"]
# The proxy has to set this header itself, whatever the client sent: docs/operations/deploying.md.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Names that browsers take only from this host itself, over TLS, for all of it: no neighbour sets or shadows them.
SESSION_COOKIE_NAME = f"__Host-{COOKIES_OF}sessionid"
CSRF_COOKIE_NAME = f"__Host-{COOKIES_OF}csrftoken"
LANGUAGE_COOKIE_NAME = f"__Host-{COOKIES_OF}language"
APPEARANCE_COOKIE_NAME = f"__Host-{COOKIES_OF}appearance"
DRAFTS_COOKIE_NAME = f"__Host-{COOKIES_OF}drafts_done"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
# Read by what migrates (config/before_migration.py).
BACKUP_BEFORE_MIGRATION = env.bool("BACKUP_BEFORE_MIGRATION", True)
EMAIL_BACKEND = NO_MAIL or env.str("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
