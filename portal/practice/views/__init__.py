"""Pages of the portal about practising (``portal``), and those of the practice portal itself (``space``)."""
