from .findings import (
    OpeningCheck as OpeningCheck,
    OpeningFinding as OpeningFinding,
    check_of as check_of,
    shift_offer as shift_offer,
)
from .forms import ReasonToBeginForm as ReasonToBeginForm
from .selectors import (
    runs_on as runs_on,
    still_running as still_running,
    untouched as untouched,
    with_last_days as with_last_days,
)
from .services.beginning import (
    reason_to_begin as reason_to_begin,
    warnings_of_answering as warnings_of_answering,
)
from .services.reviews import Reviewer as Reviewer, open_review as open_review, withdraw_review as withdraw_review
from .services.teams import (
    TeamChange as TeamChange,
    change_team as change_team,
    follows_team as follows_team,
    team_change as team_change,
)
