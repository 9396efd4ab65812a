from .forms.draw import REAL as REAL, DrawForm as DrawForm
from .selectors.downloads import (
    PROTOCOL as PROTOCOL,
    content_of as content_of,
    downloads_of as downloads_of,
    protocol_name as protocol_name,
)
from .selectors.inputs import (
    default_switches as default_switches,
    input_of as input_of,
    names_of as names_of,
    report_on as report_on,
    table_for as table_for,
)
from .services import (
    announce_draw as announce_draw,
    create_entries as create_entries,
    next_code as next_code,
    prepare_draw as prepare_draw,
)
