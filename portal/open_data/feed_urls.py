"""What programs read: addresses without a language, which stay what they are."""

from django.urls import path, re_path

from portal.open_data.views import description, table_file

urlpatterns = [
    re_path(r"^data/(?P<mechanism>[-\w]+)/(?P<name>datapackage\.json|catalog\.jsonld)$", description, name="open-data"),
    path("data/<slug:mechanism>/<slug:table>.<slug:ending>", table_file, name="open-data-table"),
]
