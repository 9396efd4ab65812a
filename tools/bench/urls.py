from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns as portal_urls
from tools.bench.bare import bare_page, bare_save, bare_save_signed_in

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [
    path("bare/", bare_save),
    path("bare/signed-in/", bare_save_signed_in),
    path("bare/page/", bare_page),
    *portal_urls,
]
