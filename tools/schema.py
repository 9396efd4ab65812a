"""Write fixtures/schema.json: `make schema`. On a new database to which all migrations have been applied."""

import os

import django
from django.core.management import call_command

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("check_schema", write=True)
