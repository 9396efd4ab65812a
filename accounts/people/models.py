"""Who there is: people and where they belong, the links that they asked for, and the rules that accounts follow."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, ngettext

from accounts.people.enums import GRACES, LEAST, AccountRuleKey, AccountStatus, RuleUnit, SecretariatRole
from accounts.states.models import StateParty
from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(BaseModel, AbstractBaseUser, PermissionsMixin):
    """A person. What he or she may do follows from participations and the secretariat role, never from flags."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("name"), max_length=150)
    job_title = models.CharField(_("title"), max_length=150, blank=True)
    organization = models.CharField(_("ministry or office"), max_length=200, blank=True)
    phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=UN_LANGUAGES, default="en")
    working_languages = ArrayField(
        models.CharField(max_length=10, choices=UN_LANGUAGES),
        default=list,
        blank=True,
        verbose_name=_("languages in which the person works"),
    )
    office_hours = models.CharField(_("hours of work"), max_length=100, blank=True)
    office_place = models.CharField(_("place of work"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True)
    tours_left = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name=_("tours that the person has left")
    )
    activated_at = models.DateTimeField(_("activated at"), null=True, blank=True)
    secretariat_role = models.CharField(
        _("role in the secretariat"), max_length=20, choices=SecretariatRole, blank=True
    )
    status = models.CharField(_("status"), max_length=10, choices=AccountStatus, default=AccountStatus.ACTIVE)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may open the administration of reference data"), default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = UserManager()

    audit_name = "accounts.user"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["full_name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="email_unique_whatever_the_case")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_secretariat(self) -> bool:
        """Whether the person is an officer or administrator of the secretariat; an auditor only reads the record."""
        return self.secretariat_role in {SecretariatRole.OFFICER, SecretariatRole.ADMINISTRATOR}


class Affiliation(BaseModel):
    """A person belongs to a State, from one day to another (both included; open where ``ends_on`` is empty).

    A permanent mission names people for its State and sees who is missing, without taking part in a review
    (resolution 10/1, annex I, paragraph 7: missions have accounts too).
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="affiliations", verbose_name=_("person"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="affiliations", verbose_name=_("State"))
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    is_permanent_mission = models.BooleanField(_("belongs to the permanent mission"), default=False)

    audit_name = "accounts.affiliation"

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "state_party"], condition=models.Q(ends_on=None), name="one_open_affiliation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.state_party})"


class LinkRequest(BaseModel):
    """Somebody asks for the link by which a forgotten passphrase is set anew, whether there is such an account or not.

    A row, so that none is lost with the queue; it goes in the transaction that owes the mail. Written only by
    ``accounts.invitations.services.invitations``.
    """

    email = models.CharField(_("e-mail address"), max_length=254)

    audit_name = "accounts.linkrequest"

    class Meta:
        verbose_name = _("request for a link")
        verbose_name_plural = _("requests for links")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"


_HOUR = dt.timedelta(hours=1)
_LONGEST = 1_000_000


class AccountRule(BaseModel):
    """A number that the secretariat sets for accounts and sessions, such as how long a link is valid."""

    key = models.CharField(_("rule"), max_length=40, choices=AccountRuleKey, unique=True)
    value = models.PositiveIntegerField(_("value"))
    unit = models.CharField(_("unit"), max_length=10, choices=RuleUnit)
    source = models.TextField(_("source"), blank=True)

    audit_name = "accounts.accountrule"

    class Meta:
        verbose_name = _("rule of accounts")
        verbose_name_plural = _("rules of accounts")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                name="a_rule_is_above_zero_or_none_of_grace",
                condition=models.Q(value__gt=0) | models.Q(key__in=[key.value for key in GRACES]),
            )
        ]

    def clean(self) -> None:
        """Raise ValidationError where a State would have less time than it is promised in any case."""
        if self.unit not in RuleUnit.values or self.value is None:
            return  # which is said by the field
        if self.value > _LONGEST:
            raise ValidationError({"value": _("This is too long.")})
        least = LEAST.get(AccountRuleKey(self.key)) if self.key in AccountRuleKey.values else None
        if least and self.length < least:
            message = ngettext("At least %(hours)d hour.", "At least %(hours)d hours.", hours := int(least / _HOUR))
            raise ValidationError({"value": message % {"hours": hours}})

    @property
    def length(self) -> dt.timedelta:
        return dt.timedelta(**{self.unit: self.value})

    def __str__(self) -> str:
        return f"{self.get_key_display()}: {self.value} {self.get_unit_display()}"


class StaffSession(BaseModel):
    """A member of the secretariat holds the rare powers for a while, for a reason that the State concerned may read.

    ``state_party`` is empty where no single State is concerned (reference data). Over at ``expires_at``, or earlier at
    ``ended_at``. Written only by ``accounts.staff_sessions.services``.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="staff_sessions", verbose_name=_("person"))
    state_party = models.ForeignKey(
        StateParty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("State concerned")
    )
    reason = models.TextField(_("reason"))
    started_at = models.DateTimeField(_("started at"))
    expires_at = models.DateTimeField(_("ends by itself at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    audit_name = "accounts.staffsession"

    class Meta:
        verbose_name = _("staff session")
        verbose_name_plural = _("staff sessions")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(ended_at=None), name="one_open_staff_session")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.started_at:%Y-%m-%d %H:%M}"
