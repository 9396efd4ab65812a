"""The tables of the app: every column, constraint and index once, as they are (docs/adr/0069)."""

from django.contrib.postgres.fields import ArrayField
from django.core import validators
from django.db import migrations, models
from django.db.models import CASCADE, Q, UniqueConstraint
from django.db.models.functions import Lower
from django.utils import timezone

import accounts.states.models
from core.database.columns import (
    LANGUAGES, MAYBE, USER, at_once, bare_table, base, holds, key, list_of, moments, once, table, translated,
)  # fmt: skip

_SECRETARIAT_ROLES = [("officer", "Officer"), ("administrator", "Administrator"), ("auditor", "Auditor")]
_STATUSES = [("invited", "Invited"), ("active", "Active"), ("ended", "Ended")]
_PURPOSES = [("nomination", "Naming a State's people")]
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
_UNITS = [("minutes", "minutes"), ("hours", "hours"), ("days", "days")]


class Migration(migrations.Migration):
    initial = True
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = at_once([
        table("RegionalGroup", "regional group", "regional groups", [
            ("slug", models.SlugField("short name in addresses", unique=True)),
            *translated("name", models.CharField, max_length=100, verbose_name="name"),
            ("order", models.PositiveSmallIntegerField("order", default=0)),
        ], ordering=["order"]),
        table("StateParty", "State", "States", [
            ("iso3", models.CharField(
                "code", unique=True, max_length=3,
                validators=[validators.RegexValidator("^[A-Z]{3}\\Z", "Three capital letters.")],
            )),
            ("iso2", models.CharField("two-letter code", max_length=2, blank=True)),
            *translated("name", models.CharField, max_length=120, verbose_name="name"),
            ("regional_group", key("accounts.regionalgroup", "regional group", "states", **MAYBE)),
            ("legal_system", models.CharField("legal system (unverified)", max_length=60, blank=True)),
            ("un_language", models.CharField(
                "language mostly used with the United Nations (unverified)", max_length=10, choices=LANGUAGES,
                blank=True,
            )),
            ("time_zone", models.CharField(
                "time zone", max_length=64, validators=[accounts.states.models._check_zone], blank=True,
            )),
            ("weekend", ArrayField(
                models.PositiveSmallIntegerField(
                    validators=[validators.MinValueValidator(1), validators.MaxValueValidator(7)]
                ), default=accounts.states.models.saturday_and_sunday, blank=True,
                verbose_name="weekend (1 is Monday, 7 is Sunday)",
            )),
            ("is_reio", models.BooleanField("is a regional organization", default=False)),
            ("is_fictional", models.BooleanField("is fictional", default=False)),
        ], [
            holds(
                "fictional_codes_begin_with_x", Q(is_fictional=Q(iso3__startswith="X")),
                violation_error_message="Only fictional States have codes that begin with X.",
            ),
        ], ordering=["iso3"]),
        bare_table("User", "person", "people", [
            ("password", models.CharField("password", max_length=128)),
            *moments(MAYBE, last_login="last login", activated_at="activated at"),
            ("is_superuser", models.BooleanField(
                "superuser status", default=False,
                help_text="Designates that this user has all permissions without explicitly assigning them.",
            )),
            *base(),
            ("email", models.EmailField("e-mail address", unique=True)),
            ("full_name", models.CharField("name", max_length=150)),
            ("job_title", models.CharField("title", max_length=150, blank=True)),
            ("organization", models.CharField("ministry or office", max_length=200, blank=True)),
            ("phone", models.CharField("office telephone", max_length=40, blank=True)),
            ("language", models.CharField("language", max_length=10, choices=LANGUAGES, default="en")),
            ("working_languages", list_of(
                models.CharField(max_length=10, choices=LANGUAGES), "languages in which the person works", blank=True,
            )),
            ("office_hours", models.CharField("hours of work", max_length=100, blank=True)),
            ("office_place", models.CharField("place of work", max_length=200, blank=True)),
            ("time_zone", models.CharField("time zone", max_length=50, blank=True)),
            ("secretariat_role", models.CharField(
                "role in the secretariat", max_length=20, choices=_SECRETARIAT_ROLES, blank=True,
            )),
            ("status", models.CharField("status", max_length=10, choices=_STATUSES, default="active")),
            ("is_active", models.BooleanField("may sign in", default=True)),
            ("is_staff", models.BooleanField("may open the administration of reference data", default=False)),
            ("groups", models.ManyToManyField(
                "auth.group", related_name="user_set", blank=True,
                help_text="The groups this user belongs to. A user will get all permissions granted to each of their "
                "groups.", related_query_name="user", verbose_name="groups",
            )),
            ("user_permissions", models.ManyToManyField(
                "auth.permission", related_name="user_set", blank=True, help_text="Specific permissions for this user.",
                related_query_name="user", verbose_name="user permissions",
            )),
        ], [UniqueConstraint(Lower("email"), name="email_unique_whatever_the_case")], ordering=["full_name"]),
        table("StateContact", "contact of a State", "contacts of States", [
            ("state_party", key("accounts.stateparty", "State", "contacts")),
            ("office", models.CharField("mission or office", max_length=200)),
            ("email", models.EmailField("e-mail address")),
            ("language", models.CharField("language of correspondence", max_length=10, choices=LANGUAGES)),
            ("listed_by", key(USER, "address listed by", **MAYBE)),
            ("remark", models.CharField("remark", max_length=500, blank=True)),
        ], [once("an_address_once_a_state", "state_party", "email")], ordering=["state_party", "office"]),
        table("StateLink", "link of a State", "links of States", [
            ("purpose", models.CharField("purpose", max_length=20, choices=_PURPOSES)),
            ("about", models.SlugField("about", blank=True)),
            ("state_party", key("accounts.stateparty", "State", "links")),
            ("address", models.EmailField("sent to")),
            ("language", models.CharField("language", max_length=10, choices=LANGUAGES)),
            ("sha256", models.CharField("SHA-256 of the secret", unique=True, max_length=64)),
            ("issued_by", key(USER, "issued by")),
            ("expires_at", models.DateTimeField("valid until")),
            *moments(MAYBE, last_used_at="last used at", renewal_asked_at="another one was asked for at"),
            *moments(MAYBE, renewed_at="another one was sent at", ended_at="ended at"),
        ], ordering=["-created_at"], indexes=[models.Index(fields=["state_party", "purpose"], name="link_of_state")]),
        table("Affiliation", "affiliation", "affiliations", [
            ("user", key(USER, "person", "affiliations", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "State", "affiliations")),
            ("starts_on", models.DateField("from", default=timezone.localdate)),
            ("ends_on", models.DateField("until", **MAYBE)),
            ("is_permanent_mission", models.BooleanField("belongs to the permanent mission", default=False)),
        ], [once("one_open_affiliation", "user", "state_party", condition=Q(ends_on=None))]),
        table("LinkRequest", "request for a link", "requests for links", [
            ("email", models.CharField("e-mail address", max_length=254)),
        ], ordering=["created_at"]),
        table("AccountRule", "rule of accounts", "rules of accounts", [
            ("key", models.CharField("rule", unique=True, max_length=40, choices=_RULES)),
            ("value", models.PositiveIntegerField("value")),
            ("unit", models.CharField("unit", max_length=10, choices=_UNITS)),
            ("source", models.TextField("source", blank=True)),
        ], [
            holds(
                "a_rule_is_above_zero_or_none_of_grace",
                Q(value__gt=0) | Q(key__in=["second_factor_grace", "focal_point_grace", "secretariat_grace"]),
            ),
        ], ordering=["key"]),
        table("StaffSession", "staff session", "staff sessions", [
            ("user", key(USER, "person", "staff_sessions")),
            ("state_party", key("accounts.stateparty", "State concerned", **MAYBE)),
            ("reason", models.TextField("reason")),
            ("started_at", models.DateTimeField("started at")),
            ("expires_at", models.DateTimeField("ends by itself at")),
            ("ended_at", models.DateTimeField("ended at", **MAYBE)),
        ], [once("one_open_staff_session", "user", condition=Q(ended_at=None))], ordering=["-started_at"]),
        table("ConfidentialityTerms", "terms of confidentiality", "terms of confidentiality", [
            ("number", models.PositiveSmallIntegerField("number", unique=True)),
            *translated("text", models.TextField, verbose_name="text"),
            ("valid_from", models.DateField("valid from")),
        ], ordering=["-number"]),
        table("TermsAcceptance", "acceptance of the terms", "acceptances of the terms", [
            ("user", key(USER, "person", "acceptances", rule=CASCADE)),
            ("terms", key("accounts.confidentialityterms", "terms of confidentiality", "acceptances")),
            ("accepted_at", models.DateTimeField("accepted at")),
        ], [once("terms_are_accepted_once", "user", "terms")]),
    ])
