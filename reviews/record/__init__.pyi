from .selectors import (
    SECRETARIAT_TABLE as SECRETARIAT_TABLE,
    RecordScope as RecordScope,
    file_name_of_slice as file_name_of_slice,
    slice_of as slice_of,
)
