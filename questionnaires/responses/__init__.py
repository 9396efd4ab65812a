"""The life of a response, who may do what with it, and what its readers find."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
