"""What is worth a second look in a list of observations or a summary: hints, which keep nobody from anything."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
