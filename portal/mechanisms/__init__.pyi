from .contents import Contents as Contents, contents_of as contents_of
from .selectors import open_choices as open_choices, running_load as running_load
