"""What everybody sees of a draw: its result, its protocol, the reviews that it opens."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
