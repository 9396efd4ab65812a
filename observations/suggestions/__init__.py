"""Suggested wordings of what lies on the shared table: laid by a State, accepted or rejected by who may change it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
