from .exports import summary_of as summary_of, write_tables as write_tables
from .simulation import simulate_in_processes as simulate_in_processes
