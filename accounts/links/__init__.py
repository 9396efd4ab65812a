"""Links by mail for an office of a State that has no account: each opens one page, confined to its State."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
