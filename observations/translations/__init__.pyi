from .selectors import (
    orders_waiting as orders_waiting,
    own_orders as own_orders,
    progress_of as progress_of,
)
from .services import OrderInput as OrderInput, order_translation as order_translation
