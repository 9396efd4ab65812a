"""What lies in a State's room until it is sent: who reads it, and what its writer was shown."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
