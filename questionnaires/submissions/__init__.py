"""What was sent: the version that stands, those before it, what each has changed, and who opened it first."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
