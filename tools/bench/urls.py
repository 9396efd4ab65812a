from django.urls import include, path

from tools.bench.bare import bare_save

urlpatterns = [path("bare/", bare_save), path("", include("config.urls"))]
