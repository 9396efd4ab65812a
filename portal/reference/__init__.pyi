from .load import load_all as load_all
