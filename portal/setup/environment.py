"""What the environment of the machine decides, in one table: a test holds it to everything that ``config`` reads.

A secret is told of as set or not set, and an address with a passphrase in it is a secret: its value never leaves here.
"""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Source(StrEnum):
    """Where the value of a setting comes from."""

    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"

    @property
    def label(self) -> Promise:
        words = {
            "environment": _("The environment"),
            "file": _("A file that the environment names"),
            "default": _("Nobody has set it"),
        }
        return words[self.value]


@dataclass(frozen=True, slots=True)
class EnvironmentSetting:
    """``default`` is what holds where nobody sets it; empty where there is none, or the portal makes one itself."""

    name: str
    meaning: Promise
    default: str = ""
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class SettingGroup:
    title: Promise
    settings: Sequence[EnvironmentSetting]


@dataclass(frozen=True, slots=True)
class StandingSetting:
    """``value`` is empty for a secret, be it one by its name or by what it holds, and where nobody has set it."""

    setting: EnvironmentSetting
    source: Source
    value: str

    @property
    def is_set(self) -> bool:
        return self.source != Source.DEFAULT


def _each(meaning: Promise, *, is_secret: bool = False, **defaults: str) -> list[EnvironmentSetting]:
    """Settings that one sentence is about."""
    return [EnvironmentSetting(name, meaning, default, is_secret) for name, default in defaults.items()]


_SOMEBODY_AT = re.compile(r"://[^/\s]*@")  # an address that says who comes, and often by which passphrase
_SMTP = "django.core.mail.backends.smtp.EmailBackend"
GROUPS: Sequence[SettingGroup] = (
    SettingGroup(
        _("The portal and its address"),
        [
            *_each(
                _("Address in the links of mails; passkeys belong to its host."),
                SITE_URL="http://localhost:8000",
            ),
            *_each(_("Name on every page, where the institution is not to set it itself."), SITE_NAME=""),
            *_each(_("Time zone of the secretariat, where the institution is not to set it."), TIME_ZONE=""),
            *_each(_("Names under which the portal answers."), ALLOWED_HOSTS="localhost", CSRF_TRUSTED_ORIGINS=""),
            *_each(_("Whether the first visit to a page shows a tour of it."), SHOWS_TOURS="true"),
            *_each(
                _("A function that drafts translations of texts; what it is given leaves the portal."),
                TRANSLATION_DRAFTS="",
            ),
            *_each(_("Proxies in front, for the address of the client."), PROXY_COUNT="0"),
            *_each(_("Whether plain requests are sent to TLS."), SECURE_SSL_REDIRECT="true"),
            *_each(
                _("Seconds for which browsers refuse the portal without TLS."),
                SECURE_HSTS_SECONDS="31536000",
            ),
            *_each(_("Address and port at which “make run” listens."), BIND="127.0.0.1", PORT="8000"),
        ],
    ),
    SettingGroup(
        _("Keys and sessions"),
        [
            *_each(
                _("Signs sessions and links, and encrypts the keys of apps with codes."),
                is_secret=True,
                SECRET_KEY="",
            ),
            *_each(
                _("Seconds that the server keeps a session; rules of accounts end it earlier."),
                SESSION_COOKIE_AGE="43200",
            ),
            *_each(
                _("File of the key that signs the roots of the record of acts."),
                is_secret=True,
                RECORD_KEY_FILE="",
            ),
            *_each(_("Folder of the files of the roots."), RECORD_ROOTS_DIR="roots/"),
        ],
    ),
    SettingGroup(
        _("Mails"),
        [
            *_each(_("How mails leave: into files, or by SMTP."), EMAIL_BACKEND=_SMTP),
            *_each(_("Mail server."), EMAIL_HOST="localhost", EMAIL_PORT="25"),
            *_each(
                _("How the portal signs in at the mail server."),
                is_secret=True,
                EMAIL_HOST_USER="",
                EMAIL_HOST_PASSWORD="",
            ),
            *_each(
                _("Whether the way to the mail server is encrypted."),
                EMAIL_USE_TLS="false",
                EMAIL_USE_SSL="false",
            ),
            *_each(_("Sender."), DEFAULT_FROM_EMAIL="no-reply@reviews.example"),
            *_each(_("Seconds for which each answer of the mail server is waited for."), EMAIL_TIMEOUT="20"),
            *_each(_("Seconds after which another worker takes up a mail."), MAIL_LEASE_SECONDS="600"),
        ],
    ),
    SettingGroup(
        _("Database and queue"),
        [
            *_each(
                _("Address of the database, for each of its roles."),
                is_secret=True,
                DATABASE_URL="",
                DATABASE_DOOR_URL="",
                DATABASE_SYSTEM_URL="",
                DATABASE_OWNER_URL="",
            ),
            *_each(_("As which role a process connects."), DATABASE_ROLE="app"),
            *_each(
                _("Connections that a process keeps, and has at most."),
                DATABASE_POOL_MIN="1",
                DATABASE_POOL_MAX="16",
            ),
            *_each(_("Whether statements are planned once a connection."), DATABASE_PREPARE="true"),
            *_each(_("Address of the queue, the cache and the sessions."), is_secret=True, REDIS_URL=""),
        ],
    ),
    SettingGroup(
        _("Files"),
        [
            *_each(_("Folder of all data."), DATA_DIR="var/"),
            *_each(_("Bytes that a form may have."), DATA_UPLOAD_MAX_MEMORY_SIZE="4194304"),
            *_each(_("Megabytes that an uploaded file may have."), UPLOAD_MAXIMUM_MEGABYTES="20"),
            *_each(_("Virus scanner; its command line may hold a key."), is_secret=True, UPLOAD_SCANNER=""),
            *_each(_("Seconds for which the virus scanner is waited for."), UPLOAD_SCANNER_SECONDS="60"),
            *_each(
                _("Whether a new version makes a backup first, and how many are kept."),
                BACKUP_BEFORE_MIGRATION="true",
                BACKUPS_KEPT="5",
            ),
        ],
    ),
    SettingGroup(
        _("Background work and operation"),
        [
            *_each(_("Seconds after which work on a document is ended."), JOB_SECONDS="300"),
            *_each(_("Seconds after which another worker takes up a document."), JOB_LEASE_SECONDS="30"),
            *_each(
                _("Seconds after which the readiness check complains."),
                READY_PULSE_SECONDS="90",
                READY_QUEUE_SECONDS="900",
            ),
            *_each(
                _("How often “make run” starts a process again, within how many minutes."),
                RESTART_LIMIT="5",
                RESTART_MINUTES="10",
            ),
            *_each(_("What is logged, and whether as JSON."), LOG_LEVEL="INFO", LOG_JSON="false"),
            *_each(_("Where security events are written, one a line."), SECURITY_LOG=""),
            *_each(_("Whoever shows it is given the figures of the portal."), is_secret=True, METRICS_TOKEN=""),
            *_each(_("Where faults are told, without content."), is_secret=True, SENTRY_DSN=""),
            *_each(
                _("Where traces are told, without content, and of what part of requests."),
                TRACES_ENDPOINT="",
                TRACES_RATIO="0.1",
            ),
            *_each(_("Whether “make run” loads demonstration data into an empty portal."), DEMO="1"),
            *_each(_("Mechanism that is loaded besides those that the portal has."), MECHANISM=""),
            *_each(
                _("Address of the first administrator, of “make run” without demonstration data."),
                ADMIN_EMAIL="",
            ),
            *_each(_("Folder of the programs of PostgreSQL."), PG_BIN=""),
        ],
    ),
    SettingGroup(
        _("Practice"),
        [
            *_each(
                _("Whether “make run” has a practice portal, its port, and after how many minutes it sleeps."),
                PRACTICE_PORTAL="1",
                PRACTICE_PORT="",
                PRACTICE_MINUTES="30",
            ),
            *_each(_("Where a browser finds the practice portal."), PRACTICE_URL=""),
            *_each(
                _("Key by which the two portals know what one hands to the other."), is_secret=True, PRACTICE_KEY=""
            ),
            *_each(
                _("In the practice portal: that it is one, and where a browser finds the portal."),
                PRACTICE="false",
                PORTAL_URL="",
            ),
            *_each(
                _("How the practice portal is woken, asked whether it is awake, and kept awake."),
                PRACTICE_WAKE_FILE="",
                PRACTICE_PROBE="",
                PRACTICE_SEEN_FILE="",
            ),
        ],
    ),
)


def standing_settings(environment: Mapping[str, str] | None = None) -> list[tuple[SettingGroup, list[StandingSetting]]]:
    """As they stand in the process that asks: workers and commands may be given others."""
    environment = os.environ if environment is None else environment
    return [(group, [_standing(each, environment) for each in group.settings]) for group in GROUPS]


def _standing(setting: EnvironmentSetting, environment: Mapping[str, str]) -> StandingSetting:
    if environment.get(f"{setting.name}_FILE"):
        return StandingSetting(setting, Source.FILE, "")
    value = environment.get(setting.name, "")
    source = Source.ENVIRONMENT if value else Source.DEFAULT
    return StandingSetting(setting, source, "" if setting.is_secret or _SOMEBODY_AT.search(value) else value)
