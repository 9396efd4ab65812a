"""Writes the record of acts: who did what to which thing, for which State; chained by SHA-256 (docs/audit.md)."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
