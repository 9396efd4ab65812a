from .calendar import (
    CONTENT_TYPE as CONTENT_TYPE,
    add_zones as add_zones,
    calendar_head as calendar_head,
    planned_event as planned_event,
)
from .forms import InvitationForm as InvitationForm
from .pages import (
    DialogueFormPage as DialogueFormPage,
    DialoguePage as DialoguePage,
    RevisionForm as RevisionForm,
)
from .rows import planned_rows as planned_rows
from .selectors import (
    Invitation as Invitation,
    agreed_meetings as agreed_meetings,
    get_planned_meeting as get_planned_meeting,
    invitation_to_answer as invitation_to_answer,
    invitations_waiting_for as invitations_waiting_for,
    meetings_of as meetings_of,
    open_invitations as open_invitations,
    people_of_asker as people_of_asker,
    people_to_answer as people_to_answer,
)
from .services import (
    MeetingInput as MeetingInput,
    answer_meeting as answer_meeting,
    change_meeting as change_meeting,
    columns_of as columns_of,
    invite_to_meeting as invite_to_meeting,
    log_meeting as log_meeting,
)
