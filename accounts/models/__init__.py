from accounts.models.links import LinkRequest
from accounts.models.rules import AccountRule
from accounts.models.staff import StaffSession
from accounts.models.states import RegionalGroup, StateParty
from accounts.models.terms import ConfidentialityTerms, TermsAcceptance
from accounts.models.users import Affiliation, User

__all__ = [
    "AccountRule",
    "Affiliation",
    "ConfidentialityTerms",
    "LinkRequest",
    "RegionalGroup",
    "StaffSession",
    "StateParty",
    "TermsAcceptance",
    "User",
]
