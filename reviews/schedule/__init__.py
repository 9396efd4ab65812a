"""By which plan a review runs, and the dates that follow from it and from what has happened."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
