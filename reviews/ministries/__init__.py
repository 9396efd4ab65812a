"""The ministries of a State in a review, as its focal point calls them, and which contributors are of which."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
