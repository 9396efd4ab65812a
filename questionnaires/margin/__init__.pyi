from .selectors import (
    open_notes as open_notes,
    unseen_mentions as unseen_mentions,
)
from .services import start_thread as start_thread
