"""Where providers lead back to: one address in all languages, for it is registered there."""

from django.urls import path

from accounts.single_sign_on.views.sign_on import SignOnCallbackView

urlpatterns = [
    path("sign-in/callback/<uuid:place>/", SignOnCallbackView.as_view(), name="account_sign_on_callback"),
]
