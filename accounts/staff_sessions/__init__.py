"""The rare powers of the secretariat, for a while and for a reason."""
