"""How somebody appears to the others, and how pages and mails address him or her."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
