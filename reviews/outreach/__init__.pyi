from .selectors.received import received_waiting as received_waiting
