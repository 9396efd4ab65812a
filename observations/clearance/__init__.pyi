from .services import (
    clear_version as clear_version,
    correct_day as correct_day,
    move_on as move_on,
    object_to_version as object_to_version,
    propose_version as propose_version,
)
