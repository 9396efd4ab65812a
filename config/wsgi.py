"""The WSGI entry point."""

import os

from config.measuring import share_figures

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
share_figures()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - what counts looks for the folder when it is loaded

application = get_wsgi_application()
