"""A draw as files, and the programs that anybody draws or verifies it with once more."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
