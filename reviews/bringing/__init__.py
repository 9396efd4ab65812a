"""Running reviews are brought in from another place: by two officers, marked, and open to their States' word."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
