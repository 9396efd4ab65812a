from .api import (
    NoteSerializer as NoteSerializer,
    OfStateActView as OfStateActView,
    OfStateTwin as OfStateTwin,
    StateFileTwin as StateFileTwin,
)
from .forms import ApproveForm as ApproveForm, NoteFields as NoteFields
from .mails import notify_note as notify_note
from .naming import (
    Naming as Naming,
    field_problems as field_problems,
)
from .policy import NO_SECOND_YET as NO_SECOND_YET
from .selectors import (
    Delegation as Delegation,
    Expected as Expected,
    delegations_of as delegations_of,
    fingerprint_of as fingerprint_of,
    nominations_of as nominations_of,
    notes_of_state as notes_of_state,
    notes_to_check as notes_to_check,
    people_of as people_of,
)
from .services.effect import check_note as check_note, lock_mechanism as lock_mechanism, register_all as register_all
from .services.missing_people import ask_for_nominations as ask_for_nominations
from .services.nominations import (
    NoteInput as NoteInput,
    add_nominations as add_nominations,
    close_check as close_check,
    lock_note as lock_note,
    record_note as record_note,
    submit_note as submit_note,
)
from .views.notes import (
    BelowNominations as BelowNominations,
    NoteActView as NoteActView,
    NotePage as NotePage,
    StatePage as StatePage,
)
