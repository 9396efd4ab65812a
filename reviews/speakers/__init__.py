"""Who speaks for a State in a mechanism: its focal points and its permanent mission."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
