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
)
from .services import announce_draw as announce_draw, prepare_draw as prepare_draw
