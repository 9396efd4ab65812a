"""Lists of reviews: what narrows and orders them, and what a row shows."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
