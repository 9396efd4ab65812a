"""What this feature declares to the kernel: who may do without a second factor for a while longer."""

from accounts.factors import register_grace
from accounts.people.enums import AccountRuleKey
from reviews.participation.selectors import is_focal_point


def declare() -> None:
    register_grace(AccountRuleKey.FOCAL_POINT_GRACE, is_focal_point)
