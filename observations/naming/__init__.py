"""Each expert is asked whether the own name may stand in what is published of a review; no word is no."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
