"""The workflow as data and pure functions: which step follows which, and when each milestone is due."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
