"""Polls on when the experts meet: several times are named, each State says which suit it, and one is picked."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
