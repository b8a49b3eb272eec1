"""The town's own sign-in (OpenID Connect), under the names that allauth looks for."""

from django.urls import path

from .views.sign_in import back_from_town, leave_for_town

urlpatterns = [
    path("<slug:provider_id>/", leave_for_town, name="openid_connect_login"),
    path("<slug:provider_id>/retour/", back_from_town, name="openid_connect_callback"),
]
