from .selectors import (
    Thread as Thread,
    Threads as Threads,
    objections_visible_to as objections_visible_to,
    open_objections_of as open_objections_of,
    threads_on as threads_on,
)
from .services import (
    carry_over as carry_over,
    keys_of as keys_of,
    make_objections as make_objections,
    reply_to_objection as reply_to_objection,
    resolve_by_clearing as resolve_by_clearing,
)
