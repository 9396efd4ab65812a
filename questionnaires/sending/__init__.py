"""The life of a response: opened, submitted for clearance or returned, cleared and sent, recalled, prepared anew."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
