from django.urls import path

from core.web.views import favicon, healthz, readyz, robots

urlpatterns = [
    path("favicon.ico", favicon, name="favicon"),
    path("healthz/", healthz, name="healthz"),
    path("readyz/", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
]
