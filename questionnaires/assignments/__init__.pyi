from .joining import share_what_stands as share_what_stands
from .recipients import in_step as in_step
from .selectors import (
    SentToMinistry as SentToMinistry,
    assignments_of as assignments_of,
    contributors_of as contributors_of,
    readers_by_leave as readers_by_leave,
    returned_proposals as returned_proposals,
    sent_to_ministries as sent_to_ministries,
    still_sent as still_sent,
    whose_words as whose_words,
)
from .services import assign_sections as assign_sections
