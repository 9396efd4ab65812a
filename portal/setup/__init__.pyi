from .services import end_setup as end_setup
from .steps import Setup as Setup, setup_of as setup_of
