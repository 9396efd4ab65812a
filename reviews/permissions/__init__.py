"""The tables of permissions: on reviews, on the exchange between the States, on the agreed texts."""

from reviews.permissions.hats import (
    ROLE_GRANTS,
    SECRETARIAT,
    Hat,
    acting_hat,
    forget_hats,
    hat_of,
    hats_worn,
    remember_hat,
    remember_hats,
    secretariat_role,
)
from reviews.permissions.reviews import ACTION_RULES, BINDING, decide, decide_for, may_see_address

__all__ = [
    "ACTION_RULES",
    "BINDING",
    "ROLE_GRANTS",
    "SECRETARIAT",
    "Hat",
    "acting_hat",
    "decide",
    "decide_for",
    "forget_hats",
    "hat_of",
    "hats_worn",
    "may_see_address",
    "remember_hat",
    "remember_hats",
    "secretariat_role",
]
