"""What the States exchange on the answers: its models, its policy, and who finds what."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
