"""Opening a review, withdrawing it, and another team for it by lot."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
