"""The secretariat's list of publications and tools that help experts to prepare themselves."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
