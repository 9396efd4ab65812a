"""A mechanism comes into the portal: with the portal, out of a file, or empty; and goes out of it as a file."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
