from .services import (
    SupplementInput as SupplementInput,
    add_supplement as add_supplement,
    conclude_dialogue as conclude_dialogue,
    send_supplement as send_supplement,
)
