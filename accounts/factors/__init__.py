"""Second factors: which somebody has, and until when one may work without."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
