"""Root urls: French paths for people, stable English names for code."""

from django.urls import include, path

from tissage.people.views import ask_for_code, set_screen_language

urlpatterns = [
    path("compte/login/code/", ask_for_code, name="account_request_login_code"),
    path("compte/", include("allauth.account.urls")),
    path("compte/ville/", include("tissage.people.town_urls")),
    path("compte/securite/", include("allauth.mfa.urls")),
    path("langue/setlang/", set_screen_language, name="set_language"),
    path("", include("tissage.people.urls")),
    path("", include("tissage.frameworks.urls")),
    path("", include("tissage.voices.opening_urls")),
    path("a/", include("tissage.voices.urls.phones")),
    path("feuille/", include("tissage.synthesis.sheet_urls")),
    path("partenaire/", include("tissage.plan.urls.partners")),
    path("calendrier/", include("tissage.plan.urls.feeds")),
    path("lecture/", include("tissage.reports.urls.readers")),
    path("annuaire/", include("tissage.network.urls.everywhere")),
    path("hsds/", include("tissage.network.urls.hsds")),
    path("verification/", include("tissage.network.urls.reviews")),
    path("proposer/", include("tissage.agenda.urls.proposals")),
    path("inscription/", include("tissage.agenda.urls.places")),
    path("avis/", include("tissage.agenda.urls.opinions")),
    path("agendas/", include("tissage.agenda.urls.feeds")),
    path("repondre/", include("tissage.commitments.urls.replies")),
    path("espaces/", include("tissage.commitments.urls.spaces")),
    path("territoires/<slug:territory>/", include("tissage.voices.urls")),
    path("territoires/<slug:territory>/reseau/", include("tissage.network.urls")),
    path("territoires/<slug:territory>/annuaire/", include("tissage.network.urls.directory")),
    path("territoires/<slug:territory>/campagnes/", include("tissage.agenda.urls")),
    path("territoires/<slug:territory>/agenda/", include("tissage.agenda.urls.diary")),
    path("territoires/<slug:territory>/engagements/", include("tissage.commitments.urls")),
    path("territoires/<slug:territory>/demandes/", include("tissage.commitments.urls.public")),
    path("territoires/<slug:territory>/plans/", include("tissage.plan.urls")),
    path("territoires/<slug:territory>/documents/", include("tissage.reports.urls")),
    path("territoires/<slug:territory>/syntheses/", include("tissage.synthesis.urls")),
]
