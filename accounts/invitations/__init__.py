"""How somebody begins, and comes in again: invitations, and links by mail that prove who somebody is."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
