"""The standing version of a text: who has cleared it, whose word is missing, what cancels it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
