from .selectors import untouched as untouched
from .services.reviews import Reviewer as Reviewer, open_review as open_review, withdraw_review as withdraw_review
from .services.teams import (
    TeamChange as TeamChange,
    change_team as change_team,
    follows_team as follows_team,
    team_change as team_change,
)
