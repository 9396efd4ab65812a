from .load import STAGES as STAGES, load_all as load_all, load_own as load_own
