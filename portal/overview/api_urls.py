from django.urls import path

from portal.overview.api import StaffSessionListApiView

urlpatterns = [
    path("states/<str:iso3>/staff-sessions/", StaffSessionListApiView.as_view(), name="state-staff-sessions")
]
