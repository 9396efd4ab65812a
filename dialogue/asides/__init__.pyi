from .selectors import unseen_asides as unseen_asides
from .services import begin_aside as begin_aside
