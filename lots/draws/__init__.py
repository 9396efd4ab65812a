"""A draw as rows: its rules, its entries, its result, and what is in conflict in words."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
