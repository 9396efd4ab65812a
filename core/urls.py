from django.urls import path

from core.web.views import favicon, healthz, institution_logo, institution_style, readyz, robots

urlpatterns = [
    path("favicon.ico", favicon, name="favicon"),
    path("healthz/", healthz, name="healthz"),
    path("institution.css", institution_style, name="institution-style"),
    path("institution-logo/", institution_logo, name="institution-logo"),
    path("readyz/", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
]
