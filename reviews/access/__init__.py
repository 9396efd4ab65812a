"""The one door: what gives or takes somebody's access takes two officers and the State's own people."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
