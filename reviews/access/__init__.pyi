from .kinds import (
    Wish as Wish,
    door_opened_by as door_opened_by,
    end_of_participation as end_of_participation,
    mission_account as mission_account,
)
from .links import make_stop_token as make_stop_token
from .notes import approve_note as approve_note
from .selectors import (
    fingerprint_of_request as fingerprint_of_request,
    people_of_state as people_of_state,
    requests_to_answer as requests_to_answer,
    requests_to_approve as requests_to_approve,
)
from .services import Grounds as Grounds, approve_request as approve_request, prepare_request as prepare_request
