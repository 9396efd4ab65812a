from .services import (
    SupplementInput as SupplementInput,
    add_supplement as add_supplement,
    send_supplement as send_supplement,
)
