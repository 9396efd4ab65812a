from .selectors import last_visit as last_visit
