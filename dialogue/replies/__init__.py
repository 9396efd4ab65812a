"""The reply of the State under review to one written feedback: drafted in its room, sent by its focal point."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
