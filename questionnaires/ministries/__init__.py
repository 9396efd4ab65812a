"""The work of ministries on a self-assessment: what they say of it, their proposals, and what becomes of these."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
