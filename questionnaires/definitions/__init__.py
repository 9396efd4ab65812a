"""The questionnaires as rows: versions that are frozen, their items, and when an item is asked."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
