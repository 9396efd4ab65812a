from .selectors import open_beyond as open_beyond
