"""What a State has joined, and what it has declared about that: recorded on a page, with what follows from it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
