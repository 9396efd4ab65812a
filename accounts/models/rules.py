import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.enums import GRACES, LEAST, AccountRuleKey, RuleUnit
from core.models import BaseModel

_HOUR = dt.timedelta(hours=1)
_LONGEST = 1_000_000


class AccountRule(BaseModel):
    """A number that the secretariat sets for accounts and sessions, such as how long a link is valid."""

    key = models.CharField(_("rule"), max_length=40, choices=AccountRuleKey, unique=True)
    value = models.PositiveIntegerField(_("value"))
    unit = models.CharField(_("unit"), max_length=10, choices=RuleUnit)
    source = models.TextField(_("source"), blank=True)

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
