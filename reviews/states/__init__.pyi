from .directory import (
    StateEntry as StateEntry,
    focal_points as focal_points,
    participations_named as participations_named,
    people_by_state as people_by_state,
)
from .selectors import (
    is_open as is_open,
    open_mechanisms as open_mechanisms,
    public_status as public_status,
)
from .services import agree_to_public_status as agree_to_public_status
