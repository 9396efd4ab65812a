"""The demo: believable reviews of fictional States, built through the services from ``fixtures/demo``."""
