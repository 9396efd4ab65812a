"""The seed that nobody controls, and the draw before everybody's eyes."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
