#!/usr/bin/env python
"""Django's command line for the project."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    if "runserver" not in sys.argv:
        os.environ.setdefault("DATABASE_ROLE", "system")  # a command is no page (docs/adr/0022)
    from django.core.management import execute_from_command_line

    from core.database.identity import identified_as_system

    with identified_as_system():  # the threads of a development server, one for each request, begin as nobody
        execute_from_command_line(sys.argv)
