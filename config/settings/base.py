"""Every setting of the project, driven by the environment.

The sibling modules only change values; a feature never exists in one of them alone.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from config.env import env, redis_urls, secret
from config.logs import logging_settings
from config.settings.api import *
from config.settings.databases import *
from config.settings.practice import *
from config.settings.queue import *
from config.settings.watch import *

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var"))).resolve()

SECRET_KEY = secret("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
# The demo has people with a printed passphrase, an administrator among them: it is never made where others can come.
DEMO_IS_ALLOWED = False
SITE_URL = env.str("SITE_URL", "http://localhost:8000")
SITE_NAME = env.str("SITE_NAME", "")  # empty: as the institution names it on its page (core.institution)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "guardian",
    "axes",
    "csp",
    "django_celery_beat",
    "django_structlog",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "core",
    "accounts",
    "reviews",
    "questionnaires",
    "lots",
    "dialogue",
    "observations",
    "portal",
]

MIDDLEWARE = [
    "core.web.middleware.measured.MeasuringMiddleware",
    "core.web.middleware.measured.TracingMiddleware",
    "core.web.middleware.proxies.ClientAddressMiddleware",
    "core.web.middleware.door.DoorMiddleware",
    "core.web.middleware.origin.OriginMiddleware",
    "core.web.middleware.headers.HeadersMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Inside WhiteNoise, whose files were compressed when they were collected; outside all that makes pages.
    "core.web.middleware.compression.PageCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "core.web.middleware.rate_limits.RateLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.tokens.middleware.TokenMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Before anybody is sent to sign in: it says why, and to a fragment it says so differently.
    "accounts.sessions.middleware.SessionLimitsMiddleware",
    "core.web.middleware.sign_in.SignInRequiredMiddleware",
    "core.web.middleware.identity.DatabaseIdentityMiddleware",
    "reviews.programme.middleware.TerminologyMiddleware",
    "core.web.middleware.opened.OpenedByMailMiddleware",
    "accounts.people.middleware.TimeZoneMiddleware",
    "accounts.terms.middleware.TermsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.web.middleware.privacy.NoStoreMiddleware",
    "core.web.middleware.plain_requests.PlainRequestMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "accounts.sign_in.middleware.SecondFactorMiddleware",
    "portal.practice.middleware.PracticeMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.web.context_processors.site",
                "accounts.staff_sessions.context_processors.secretariat",
                "portal.practice.context_processors.practice",
            ],
            "builtins": ["core.templatetags.components", "core.templatetags.policy", "core.templatetags.bidi"],
        },
    }
]

_broker_url, _cache_url = redis_urls(secret("REDIS_URL", "redis://localhost:6379"))
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "core.cached.PortalCache",
        "LOCATION": _cache_url,
        "OPTIONS": {"serializer": "core.cached.JSONSerializer", "socket_timeout": 3},
        "VERSION": 2,  # one more whenever what is kept is written otherwise: what is old is then not read
    }
}
# Whether the first visit to a page shows a tour of it; in an exercise its own guide does (portal.tour).
SHOWS_TOURS = env.bool("SHOWS_TOURS", True) and not PRACTICE
SESSION_ENGINE = "core.web.sessions"  # in the database, with a copy in the cache
SESSION_COOKIE_NAME = f"{COOKIES_OF}sessionid"
CSRF_COOKIE_NAME = f"{COOKIES_OF}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIES_OF}django_language"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# How long the server keeps a session at most; the rules of the secretariat (AccountRule) end it earlier.
SESSION_COOKIE_AGE = env.int("SESSION_COOKIE_AGE", 12 * 60 * 60)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

CELERY_BROKER_URL = _broker_url

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.people.backends.AccountBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = False
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# A long passphrase that is not on the list of common ones; no rules of composition.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "portal:practice-door" if PRACTICE else "accounts:sign-in"
LOGIN_REDIRECT_URL = "portal:dashboard"
LOGOUT_REDIRECT_URL = LOGIN_URL
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
# The name in our form and in the credentials; by default axes looks for the model's ("email") and counts nobody.
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "accounts.sessions.devices.counting_name_for_axes"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/sign_in/locked_out.html"
AXES_RESET_ON_SUCCESS = True
# Lock-outs and logs read the address that core.web.middleware.proxies has made sure of, and believe no other header.
IPWARE_META_PRECEDENCE_ORDER = ("REMOTE_ADDR",)
PROXY_COUNT = env.int("PROXY_COUNT", 0)
AXES_VERBOSE = False

# Signing in (docs/adr/0011): django-allauth, with our own pages, forms and mails.
ACCOUNT_ADAPTER = "accounts.sign_in.adapters.SignInAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.single_sign_on.adapters.SignOnAdapter"
MFA_ADAPTER = "accounts.sign_in.adapters.FactorAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; without it allauth misses a user name
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Never recent enough by itself: the adapter decides, by the rule of the secretariat.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
# Axes locks a name and an address out first; this one holds for a name from everywhere, and for codes. Devices that
# the account knows are counted apart in both (accounts.sessions.devices.counting_name).
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,10/15m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1  # periods of 30 seconds that a telephone's clock may be wrong
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from a note verbale; allauth keeps no list of them

# The languages of the interface; reference texts are kept in all six from the start (core.language.i18n.UN_LANGUAGES).
LANGUAGE_CODE = "en"
LANGUAGES = [("ar", _("Arabic")), ("en", _("English"))]
MODELTRANSLATION_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh-hans")
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
APPEARANCE_COOKIE_NAME = f"{COOKIES_OF}appearance"  # core.web.appearance
DRAFTS_COOKIE_NAME = f"{COOKIES_OF}drafts_done"  # core.web.drafts
USE_I18N = True
USE_TZ = True
OWN_TIME_ZONE = env.str("TIME_ZONE", "")  # empty: the one that the institution chooses on its page
TIME_ZONE = OWN_TIME_ZONE or "Europe/Vienna"

WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "staticfiles"
STATICFILES_DIRS = [
    ("js", BASE_DIR / "static" / "js"),
    ("img", BASE_DIR / "static" / "img"),
    ("pdf", BASE_DIR / "static" / "pdf"),
    BASE_DIR / "build" / "static",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "files",
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "core.web.static_files.ModuleStaticFilesStorage"},
}
# The key that signs the roots over the record of acts, read from this file when one is signed
# (core/audit/roots/keys.py); it belongs outside of DATA_DIR, and to the worker alone. Empty: roots are not signed.
RECORD_KEY_FILE = env.str("RECORD_KEY_FILE", "")
RECORD_ROOTS_DIR = Path(env.str("RECORD_ROOTS_DIR", "") or DATA_DIR / "roots").resolve()
FIXTURES_DIR = BASE_DIR / "fixtures"
MECHANISMS_FOLDER = "practice" if PRACTICE else "mechanisms"  # of these
# The short name of the mechanism to load, a folder of fixtures/mechanisms; empty: as the files say.
MECHANISM = "" if PRACTICE else env.str("MECHANISM", "")  # a practice portal has its own, whatever the portal has
# One section of a questionnaire with every answer at its limit stays far below this (bytes).
DATA_UPLOAD_MAX_MEMORY_SIZE = env.int("DATA_UPLOAD_MAX_MEMORY_SIZE", 4 * 1024 * 1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS, DATA_UPLOAD_MAX_NUMBER_FILES = 5000, 5
UPLOAD_MAXIMUM_MEGABYTES = env.int("UPLOAD_MAXIMUM_MEGABYTES", 20)
# A command or the address of a clamd that each file is shown to (core/files/uploads/scanner.py); empty: none.
UPLOAD_SCANNER = env.str("UPLOAD_SCANNER", "")
UPLOAD_SCANNER_SECONDS = env.int("UPLOAD_SCANNER_SECONDS", 60)
TRANSLATION_DRAFTS = env.str("TRANSLATION_DRAFTS", "")  # the dotted path of a function; none: no text leaves the house
# How long a request may be for its form to be read and answered, though the file in it is too large.
UPLOAD_READ_MEGABYTES = 512
FILE_UPLOAD_HANDLERS = [
    "core.files.upload_handlers.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

EMAIL_BACKEND = NO_MAIL or env.str("EMAIL_BACKEND", "core.mail.files.EmailBackend")
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = secret("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)  # STARTTLS, as on port 587
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", False)  # TLS from the first byte, as on port 465
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 20)
# How long a mail that is being sent is left to its worker: longer than the whole talk with a slow server can take,
# each answer of which is waited for EMAIL_TIMEOUT seconds at most.
MAIL_LEASE_SECONDS = env.int("MAIL_LEASE_SECONDS", 600)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Country Review Portal <no-reply@reviews.example>")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *other_side()],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "frame-src": [NONE],
        "object-src": [NONE],
        "worker-src": [NONE],
        # Text becomes part of a page through the one policy of static/js/trusted-types.js; text becomes script nowhere.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["default"],
    }
}
# What browsers offer to pages, all off but: passkeys at sign-in, the draw on a whole screen.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    **{
        feature: []
        for feature in (
            "accelerometer autoplay browsing-topics camera clipboard-read clipboard-write compute-pressure "
            "display-capture encrypted-media gamepad geolocation gyroscope hid idle-detection keyboard-map "
            "local-fonts magnetometer microphone midi otp-credentials payment picture-in-picture screen-wake-lock "
            "serial storage-access sync-xhr usb window-management xr-spatial-tracking"
        ).split()
    },
    "fullscreen": ["self"],
    "publickey-credentials-create": ["self"],
    "publickey-credentials-get": ["self"],
}

# Where somebody is let in who is not signed in, or comes by a link (docs/adr/0033): beginnings of names of views.
VIEWS_AT_THE_DOOR: tuple[str, ...] = (
    "account_",
    "accounts:",
    "mfa_",
    "calendar-feed",
    "reviews:access-stop",
    "reviews:mission-link",
)
VIEWS_AT_THE_DOOR += ("portal:practice-door",) if PRACTICE else ()

# Requests a minute by one person and from one address (core.web.middleware.rate_limits): many times what people do. Who
# types fast saves ten times a second; a ministry or several missions may stand behind one address.
RATE_LIMITS = {
    "autosave": (1_500, 15_000),
    "write": (300, 3_000),
    "export": (60, 600),
    "search": (120, 1_200),
    "api": (600, 6_000),
    "read": (1_200, 12_000),
    "public": (1_200, 3_000),
    "feed": (60, 1_200),  # calendar programs come from few addresses, and hours apart
    "link": (60, 300),  # who comes by a link of a mission opens a page or sends a form, and guesses nothing
}
# Views whose class does not show in their method and address.
RATE_LIMIT_KINDS = {
    "healthz": "none",
    "readyz": "none",
    "calendar-feed": "feed",
    **dict.fromkeys(("reviews:mission-link", "reviews:mission-link-follow", "reviews:mission-link-renew"), "link"),
    "questionnaires:answer-save": "autosave",
    "questionnaires:response-document": "export",
    "questionnaires:submission-document": "export",
    "questionnaires:questionnaire-word": "export",
    "questionnaires:version-word": "export",
    "questionnaires:draft-word": "export",
    "observations:text-document": "export",
    "observations:translation-document": "export",
    "observations:translation-file": "export",
    "observations:publication-file": "export",
    "dialogue:supplement-file": "export",
    "core:job-download": "export",
    "portal:dossier": "export",
    "portal:exchange-document": "export",
    "reviews:note-scan": "export",
    "reviews:nomination-template": "export",
    "reviews:record-download": "export",
    "open-data": "export",
    "open-data-table": "export",
    "lots:draw-protocol": "export",
    "lots:draw-file": "export",
    "lots:public-draw-file": "export",
}

LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
# The address is told without a search through headers that nobody has to be believed (core/web/request_logs.py).
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOGGING = logging_settings(LOG_LEVEL, as_json=env.bool("LOG_JSON", False), security_log=SECURITY_LOG)
