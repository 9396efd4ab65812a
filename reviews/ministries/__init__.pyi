from .selectors import (
    get_ministry as get_ministry,
    ministries_of as ministries_of,
    ministry_of as ministry_of,
    people_of as people_of,
)
from .services import (
    join_ministries as join_ministries,
    on_placed as on_placed,
    place_contributor as place_contributor,
)
