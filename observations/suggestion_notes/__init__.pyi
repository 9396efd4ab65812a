from .selectors import counts_of as counts_of, said_to_all as said_to_all
from .services import write_to_all as write_to_all, write_to_colleagues as write_to_colleagues
