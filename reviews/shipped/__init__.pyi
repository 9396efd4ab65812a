from .folders import (
    RULES as RULES,
    ShippedError as ShippedError,
    first_mechanism as first_mechanism,
    read_file as read_file,
    shipped_instruments as shipped_instruments,
    shipped_mechanisms as shipped_mechanisms,
)
