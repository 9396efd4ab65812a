"""The course of a draw for the secretariat: its page, and each act on it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
