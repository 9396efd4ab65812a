from .selectors import (
    orders_handed_in as orders_handed_in,
    own_orders as own_orders,
    progress_of as progress_of,
)
from .services import OrderInput as OrderInput, order_translation as order_translation
