"""What is reviewed and by which rules: mechanism, treaties, phases, groups, the step plan and its clock."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
