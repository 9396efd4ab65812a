"""The legal library of a State: a law is entered once, and answers cite it by its name."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
