"""Pages of accounts."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign-in"),
    path("sign-out/", views.SignOutView.as_view(), name="sign-out"),
    path("forgot-password/", views.ForgottenPasswordView.as_view(), name="forgot-password"),
    path("set-password/<uidb64>/<token>/", views.SetPasswordView.as_view(), name="set-password"),
    path("profile/", views.ProfileView.as_view(), name="profile"),
    path("profile/password/", views.OwnPasswordView.as_view(), name="own-password"),
]
