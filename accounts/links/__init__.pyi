from .selectors import (
    followed_link as followed_link,
    get_link as get_link,
    names_ended_link as names_ended_link,
)
from .services import (
    BETWEEN_MAILS as BETWEEN_MAILS,
    ask_for_renewal as ask_for_renewal,
    end_links as end_links,
    issue_link as issue_link,
    note_use as note_use,
    renewals_asked_for as renewals_asked_for,
)
from .tokens import token_of as token_of
