"""The contacts of States, and links for offices that have no account; no page makes a link (docs/adr/0045)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.database.columns import base
from core.database.guards import stays_as_written, stays_once_set
from core.database.row_security import AT_THE_DOOR, LOOKING, THE_SYSTEM, close

_RULES = [
    ("activation_link", "How long an activation link is valid"),
    ("password_link", "How long a link for a forgotten passphrase is valid"),
    ("second_factor_grace", "How long one may work without a second factor"),
    ("focal_point_grace", "How long a focal point may work without a second factor"),
    ("secretariat_grace", "How long the secretariat may work without a second factor"),
    ("idle_session", "After how long without a page a session ends"),
    ("longest_session", "After how long a session ends in any case"),
    ("recent_sign_in", "How recent the sign-in is for acts that bind a State"),
    ("staff_session", "How long a staff session lasts"),
    ("mission_link", "How long the link of a mission is valid by which it names people"),
    ("access_wait", "How long a State may refuse a request for access"),
    ("access_wait_alone", "How long a request of the only officer left waits"),
]
_LANGUAGES = [
    ("ar", "Arabic"), ("zh-hans", "Chinese"), ("en", "English"), ("fr", "French"), ("ru", "Russian"), ("es", "Spanish"),
]  # fmt: skip
_PROTECT = django.db.models.deletion.PROTECT
_OFFICER = "(SELECT acting_role() = 'officer' OR acting_role() = 'administrator')"
_WRITTEN_ONCE = (
    "purpose", "about", "state_party_id", "address", "language", "sha256", "issued_by_id", "expires_at", "created_at",
)  # fmt: skip


def _moment(name, label):  # type: ignore[no-untyped-def]
    return name, models.DateTimeField(label, null=True, blank=True)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_walls")]

    operations = [
        migrations.AlterField(
            "accountrule", "key", models.CharField("rule", choices=_RULES, max_length=40, unique=True)
        ),
        migrations.CreateModel(
            "StateContact",
            [
                *base(),
                ("office", models.CharField("mission or office", max_length=200)),
                ("email", models.EmailField("e-mail address", max_length=254)),
                ("language", models.CharField("language of correspondence", max_length=10, choices=_LANGUAGES)),
                ("remark", models.CharField("remark", max_length=500, blank=True)),
                (
                    "listed_by",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL,
                        _PROTECT,
                        null=True,
                        blank=True,
                        related_name="+",
                        verbose_name="address listed by",
                    ),
                ),
                (
                    "state_party",
                    models.ForeignKey("accounts.stateparty", _PROTECT, related_name="contacts", verbose_name="State"),
                ),
            ],
            options={
                "verbose_name": "contact of a State",
                "verbose_name_plural": "contacts of States",
                "ordering": ["state_party", "office"],
                "constraints": [
                    models.UniqueConstraint(fields=("state_party", "email"), name="an_address_once_a_state")
                ],
            },
        ),
        migrations.CreateModel(
            "StateLink",
            [
                *base(),
                (
                    "purpose",
                    models.CharField("purpose", max_length=20, choices=[("nomination", "Naming a State's people")]),
                ),
                ("about", models.SlugField("about", blank=True)),
                ("address", models.EmailField("sent to", max_length=254)),
                ("language", models.CharField("language", max_length=10, choices=_LANGUAGES)),
                ("sha256", models.CharField("SHA-256 of the secret", max_length=64, unique=True)),
                ("expires_at", models.DateTimeField("valid until")),
                _moment("last_used_at", "last used at"),
                _moment("renewal_asked_at", "another one was asked for at"),
                _moment("renewed_at", "another one was sent at"),
                _moment("ended_at", "ended at"),
                (
                    "issued_by",
                    models.ForeignKey(settings.AUTH_USER_MODEL, _PROTECT, related_name="+", verbose_name="issued by"),
                ),
                (
                    "state_party",
                    models.ForeignKey("accounts.stateparty", _PROTECT, related_name="links", verbose_name="State"),
                ),
            ],
            options={
                "verbose_name": "link of a State",
                "verbose_name_plural": "links of States",
                "ordering": ["-created_at"],
                "indexes": [models.Index(fields=["state_party", "purpose"], name="link_of_state")],
            },
        ),
        close(
            "accounts_statecontact",
            read=f"{_OFFICER} OR {LOOKING} OR {THE_SYSTEM}",
            write=f"{_OFFICER} OR {THE_SYSTEM}",
        ),
        # Found at the door by its hash, and noted as used there; made by workers, ended by who looks after the list.
        close(
            "accounts_statelink",
            read=f"{_OFFICER} OR {AT_THE_DOOR} OR {LOOKING} OR {THE_SYSTEM}",
            added=THE_SYSTEM,
            write=f"{_OFFICER} OR {AT_THE_DOOR} OR {THE_SYSTEM}",
        ),
        stays_as_written("accounts_statelink", _WRITTEN_ONCE),
        stays_once_set("accounts_statelink", "ended_at"),
    ]
