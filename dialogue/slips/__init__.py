"""What a reviewing State keeps for itself at the places of the desk: marks and a note."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
