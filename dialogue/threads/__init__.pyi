from .matters import (
    Matter as Matter,
    find_matter as find_matter,
    keys_at as keys_at,
    matters_of as matters_of,
    register_matters as register_matters,
)
from .policy import PERMISSIONS as PERMISSIONS, ThreadFacts as ThreadFacts
from .selectors import (
    MessagesWaiting as MessagesWaiting,
    keep_threads as keep_threads,
    message_facts as message_facts,
    messages_visible_to as messages_visible_to,
    messages_waiting as messages_waiting,
    open_threads as open_threads,
    release_choices as release_choices,
    threads_beside as threads_beside,
    threads_opened as threads_opened,
)
from .services import (
    begin_thread as begin_thread,
    draft_message as draft_message,
    release_message as release_message,
)
