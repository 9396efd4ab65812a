"""A review, the States in it, those who take part, its steps and its dates: what is stored, and its locks."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
