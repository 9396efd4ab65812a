from .selectors import (
    SlipAt as SlipAt,
    SlipReader as SlipReader,
    reads_slips as reads_slips,
    slips_on_desk as slips_on_desk,
)
from .services import mark_place as mark_place, note_desk_visit as note_desk_visit
from .views import note_box as note_box, slip_url as slip_url
