"""An institution makes the portal its own: what is to be set, and how far it is."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
