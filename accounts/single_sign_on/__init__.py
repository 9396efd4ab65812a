"""Signing in by an identity provider of an institution or a State (docs/adr/0103)."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
