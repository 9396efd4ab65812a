"""Documents that take long: queued by a service, made by a task, watched and fetched on a page."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
