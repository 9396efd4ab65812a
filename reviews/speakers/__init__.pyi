from .selectors import (
    NominatingState as NominatingState,
    StateRelation as StateRelation,
    get_mission_member as get_mission_member,
    mission_of as mission_of,
    relation_to_state as relation_to_state,
    states_spoken_for as states_spoken_for,
)
from .services import (
    check_mission_member as check_mission_member,
    end_mission_member as end_mission_member,
    register_mission_member as register_mission_member,
)
