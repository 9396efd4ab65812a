"""Margin notes: what a State's own people say to one another at a question; nobody else reads them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
