from .folders import (
    NAMES as NAMES,
    differences_from_a_new_run as differences_from_a_new_run,
    write_files as write_files,
)
from .from_parties import draw_from_parties as draw_from_parties, names_in as names_in
from .programs import PROGRAMS as PROGRAMS, REPLAY as REPLAY
from .replay import archive_bytes as archive_bytes
from .responses import file_response as file_response
