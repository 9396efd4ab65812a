from .contents import Contents as Contents, contents_of as contents_of, first_day_of as first_day_of
from .selectors import open_choices as open_choices, running_load as running_load
