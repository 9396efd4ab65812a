"""The answers of one review, the only ways to them, who may do what with them, and on which sheet somebody writes."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
