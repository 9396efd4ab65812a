"""Loads the reference data of an institution, and says what each database role may do."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
