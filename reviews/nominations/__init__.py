"""Notes verbales and the people whom States name in them; permanent missions."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
