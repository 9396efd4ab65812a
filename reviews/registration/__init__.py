"""Who begins to take part, ends, or takes over; who is in charge; who is reminded by hand."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
