"""How the reviewing States split the sections of the desk: who of a State is on which, and which State leads."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
