from accounts.models.states import RegionalGroup, StateParty
from accounts.models.users import Affiliation, User

__all__ = ["Affiliation", "RegionalGroup", "StateParty", "User"]
