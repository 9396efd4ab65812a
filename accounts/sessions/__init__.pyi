from .browsers import device_words as device_words
from .devices import (
    circumstances as circumstances,
    counting_name as counting_name,
    greet as greet,
    note_first_sign_in as note_first_sign_in,
    trust_after_link as trust_after_link,
)
from .services import (
    end_other_sessions as end_other_sessions,
    end_sessions_of as end_sessions_of,
    has_shown_factor_elsewhere as has_shown_factor_elsewhere,
    is_due_by_role as is_due_by_role,
    keep_only_this_session as keep_only_this_session,
    note_factors as note_factors,
    note_proof_of_factor as note_proof_of_factor,
    open_sessions as open_sessions,
    second_factor_due_in as second_factor_due_in,
    signed_in_recently as signed_in_recently,
)
