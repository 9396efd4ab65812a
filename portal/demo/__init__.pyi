from .accounts import account_lines as account_lines
from .bulk import add_reviews as add_reviews
from .draws import load_draws as load_draws
from .grace import give_days_of_grace as give_days_of_grace
from .load import load_demo as load_demo
from .plan import STEPS as STEPS, demo_mechanism as demo_mechanism
