from .forms import ApproveForm as ApproveForm, NoteFields as NoteFields, ScanField as ScanField
from .mails import notify_note as notify_note
from .naming import Naming as Naming, field_problems as field_problems
from .policy import (
    NO_SECOND_YET as NO_SECOND_YET,
    NominatingState as NominatingState,
    relation_to_state as relation_to_state,
)
from .selectors import (
    Delegation as Delegation,
    Expected as Expected,
    delegations_of as delegations_of,
    fingerprint_of as fingerprint_of,
    get_mission_member as get_mission_member,
    mission_of as mission_of,
    nominations_of as nominations_of,
    notes_of_state as notes_of_state,
    notes_to_check as notes_to_check,
    people_of as people_of,
    states_spoken_for as states_spoken_for,
)
from .services.effect import check_note as check_note, lock_mechanism as lock_mechanism, register_all as register_all
from .services.missing_people import ask_for_nominations as ask_for_nominations
from .services.missions import (
    check_mission_member as check_mission_member,
    end_mission_member as end_mission_member,
    register_mission_member as register_mission_member,
)
from .services.nominations import (
    NoteInput as NoteInput,
    add_nominations as add_nominations,
    check_scan as check_scan,
    close_check as close_check,
    lock_note as lock_note,
    receive_scan as receive_scan,
    record_note as record_note,
    require_number as require_number,
    submit_note as submit_note,
)
from .views.notes import (
    BelowNominations as BelowNominations,
    NoteActView as NoteActView,
    NotePage as NotePage,
    StatePage as StatePage,
)
