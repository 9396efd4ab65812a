"""Accounts as the secretariat sees and changes them: address, role, end, and the members of the secretariat."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
