"""What the general review is told of all agreed lists together: no State can be made out in it (docs/adr/0072)."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
