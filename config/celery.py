"""The Celery application: its settings are Django's, prefixed ``CELERY_``.

The environment names the settings (``DJANGO_SETTINGS_MODULE``); there is no default here, because importing any
module of this package imports this one.
"""

from celery import Celery

app = Celery("country_reviews")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
