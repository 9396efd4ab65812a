"""Access tokens, by which a person's own programs use the API (docs/adr/0100)."""

from django.db import migrations, models
from django.db.models import CASCADE, Q

from core.database.columns import MAYBE, USER, key, list_of, moments, table
from core.database.guards import stays_as_written
from core.database.row_security import AT_THE_DOOR, GIVING_KEYS, ME, THE_SYSTEM, close

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
    ("api_token", "How long an access token is valid at most"),
    ("access_wait", "How long a State may refuse a request for access"),
    ("access_wait_alone", "How long a request of the only officer left waits"),
]
_SCOPES = [
    ("reviews:read", "Read reviews, dates and my work"),
    ("answers:read", "Read questionnaires, answers and laws"),
    ("answers:write", "Write answers and laws"),
    ("bind", "Acts that bind your State, such as sending the self-assessment"),
]
_TOKEN = "accounts_apitoken"  # noqa: S105 - the name of a table
_WRITTEN = ("user_id", "name", "hint", "sha256", "scopes", "state_party_id", "expires_at", "created_at")
# Whoever it is made for; the door, which finds it by its hash and notes the day; whoever ends a participation, or an
# account, ends it with that.
_WHO = f"{AT_THE_DOOR} OR {GIVING_KEYS} OR user_id = {ME} OR {THE_SYSTEM}"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_tours")]

    operations = [
        migrations.AlterField(
            "accountrule", "key", models.CharField("rule", unique=True, max_length=40, choices=_RULES)
        ),
        table("ApiToken", "access token", "access tokens", [
            ("user", key(USER, "person", "api_tokens", rule=CASCADE)),
            ("name", models.CharField("name", max_length=60)),
            ("hint", models.CharField("last letters", max_length=8)),
            ("sha256", models.CharField("SHA-256 of the secret", max_length=64, unique=True)),
            ("scopes", list_of(models.CharField(max_length=20, choices=_SCOPES), "scopes")),
            ("state_party", key("accounts.stateparty", "State", **MAYBE)),
            *moments({}, expires_at="valid until"),
            ("last_used_on", models.DateField("last used on", **MAYBE)),
            *moments(MAYBE, ended_at="ended at"),
        ], ordering=["-created_at"], indexes=[
            models.Index(fields=["user"], condition=Q(ended_at=None), name="open_token_of_a_person"),
        ]),
        close(_TOKEN, read=_WHO, added=f"user_id = {ME}", write=_WHO),
        stays_as_written(_TOKEN, _WRITTEN, once=["ended_at"]),
    ]  # fmt: skip
