from .api import (
    ForPrograms as ForPrograms,
    ReviewActView as ReviewActView,
    ReviewFileTwin as ReviewFileTwin,
    ReviewForPrograms as ReviewForPrograms,
    ReviewJobTwin as ReviewJobTwin,
    ReviewTwin as ReviewTwin,
)
from .navigation import (
    PlaceOfReview as PlaceOfReview,
    ReviewPart as ReviewPart,
    ReviewTab as ReviewTab,
    open_to_all as open_to_all,
    open_to_readers as open_to_readers,
    open_with as open_with,
    places_in as places_in,
    register_places as register_places,
    register_tab as register_tab,
    tabs_for as tabs_for,
)
from .origins import origin_in as origin_in
from .views import (
    BelowParticipants as BelowParticipants,
    ReviewPage as ReviewPage,
    UnderReview as UnderReview,
    no_mechanism_yet as no_mechanism_yet,
)
