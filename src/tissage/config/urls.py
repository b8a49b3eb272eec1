"""Root urls: French paths for people, stable English names for code."""

from django.urls import include, path

urlpatterns = [
    path("compte/", include("allauth.account.urls")),
    path("compte/securite/", include("allauth.mfa.urls")),
    path("langue/", include("django.conf.urls.i18n")),
    path("", include("tissage.people.urls")),
    path("referentiels/", include("tissage.frameworks.urls")),
    path("territoires/<slug:territory>/", include("tissage.voices.urls")),
    path("territoires/<slug:territory>/syntheses/", include("tissage.synthesis.urls")),
]
