"""What a State opens of the answers that it has sent: to all States parties, or to everybody; whole or by section."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
