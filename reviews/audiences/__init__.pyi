from .selectors import audiences_open_to as audiences_open_to
