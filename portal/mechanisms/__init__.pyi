from .contents import Contents as Contents, contents_of as contents_of
from .selectors import last_load as last_load, open_choices as open_choices
