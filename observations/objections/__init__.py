"""Objections to versions of texts: each a thread at its paragraph, until it ends."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
