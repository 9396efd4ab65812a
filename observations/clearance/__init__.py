"""Agreement on a text: a version is proposed, and every State clears it or objects."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
