"""The contacts of States: the offices, with or without an account, to which the secretariat writes."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
