from .directory import (
    StateEntry as StateEntry,
    focal_points as focal_points,
    participations_named as participations_named,
    people_by_state as people_by_state,
)
from .selectors import open_mechanisms as open_mechanisms
from .services import agree_to_public_status as agree_to_public_status
