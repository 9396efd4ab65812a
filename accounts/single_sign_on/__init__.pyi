from .proofs import (
    came_by_provider as came_by_provider,
    connect_waiting as connect_waiting,
    has_just_shown_factor as has_just_shown_factor,
    refuse_other_ways as refuse_other_ways,
    waiting_name as waiting_name,
    waiting_provider as waiting_provider,
    ways_to_ask_again as ways_to_ask_again,
)
from .selectors import (
    connections_of as connections_of,
    forced_provider_of as forced_provider_of,
    open_providers as open_providers,
)
from .services import (
    end_links_of as end_links_of,
    end_provider as end_provider,
)
