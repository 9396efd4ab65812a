"""Technical assistance needs as records: their types, what an observation says of each, and what was answered."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
