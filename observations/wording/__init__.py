"""Lists of observations and summaries as text: the blueprint's words with what the experts wrote."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
