from .services.invitation import find_or_invite_for_review as find_or_invite_for_review
from .services.officers import assign_officer as assign_officer
from .services.participation import (
    end_participation as end_participation,
    note_completeness as note_completeness,
    register_participant as register_participant,
)
from .services.reminders import remind as remind
from .services.replacement import replace_participant as replace_participant
