"""Internal threads: what the people of one State say to each other in its room, and nobody else reads."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
