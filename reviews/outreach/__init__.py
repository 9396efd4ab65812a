"""All States on board: offices are written to, name people through a link, and the board shows how far each is."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
