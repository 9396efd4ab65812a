from .directory import StateEntry as StateEntry, focal_points_by_state as focal_points_by_state
from .selectors import open_mechanisms as open_mechanisms
from .services import agree_to_public_status as agree_to_public_status
