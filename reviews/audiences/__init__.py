"""Who beyond its own people reads what a State opens of a review: the same four audiences for all that it opens."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
