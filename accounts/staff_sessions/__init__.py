"""Staff sessions: what is done with a rare power of the secretariat, for which reason, before the eyes of the State."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
