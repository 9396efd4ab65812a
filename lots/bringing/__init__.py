"""A draw that was made elsewhere is brought in: groups and pairings from a spreadsheet, checked for every rule."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
