from .capacities import (
    EXCHANGE_KINDS as EXCHANGE_KINDS,
    ROLE_GRANTS as ROLE_GRANTS,
    STATE_RELATION as STATE_RELATION,
    Capacity as Capacity,
    capacity_of as capacity_of,
    forget_capacities as forget_capacities,
    known_capacities as known_capacities,
    own_state_of as own_state_of,
    remember_capacities as remember_capacities,
    remember_capacity as remember_capacity,
    require_capacity as require_capacity,
    speaker_of as speaker_of,
    takes_part_with as takes_part_with,
    with_state as with_state,
)
from .chains import (
    chain_of_review as chain_of_review,
    place_in_review as place_in_review,
    place_of_piece as place_of_piece,
    place_of_request as place_of_request,
)
from .policy import may_see_address as may_see_address
from .predicates import (
    IN_EXCHANGE as IN_EXCHANGE,
    ONLY_READERS as ONLY_READERS,
    Asker as Asker,
    ReviewFacts as ReviewFacts,
    asker_in as asker_in,
    drafter as drafter,
    focal_point as focal_point,
    has as has,
    in_own_rooms as in_own_rooms,
    of_own_state as of_own_state,
    reader as reader,
    reviewing as reviewing,
    sees_review as sees_review,
    takes_part as takes_part,
    under_review as under_review,
)
from .services import record_clearance as record_clearance
