from django.urls import path

from core.views import favicon, healthz, robots

urlpatterns = [
    path("favicon.ico", favicon, name="favicon"),
    path("healthz/", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
]
