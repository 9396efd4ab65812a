"""Django's PostgreSQL, with another way of making sure of a connection (``ENGINE`` of the settings)."""
