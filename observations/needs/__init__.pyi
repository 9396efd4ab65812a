from .forms import (
    NeedFieldset as NeedFieldset,
    initial_needs as initial_needs,
    need_fields as need_fields,
    need_rows as need_rows,
    needs_in as needs_in,
    put_needs as put_needs,
    rows_shown as rows_shown,
)
from .selectors import (
    StatedNeeds as StatedNeeds,
    needs_of as needs_of,
    needs_published as needs_published,
    stated_needs as stated_needs,
    types_for as types_for,
)
from .sentences import kept_words as kept_words
from .services import (
    NeedInput as NeedInput,
    as_inputs as as_inputs,
    as_kept as as_kept,
    require_needs as require_needs,
    write_needs as write_needs,
)
