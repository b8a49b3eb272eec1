"""Addresses of this app. Those that name a territory stand under /territoires/<slug>/."""

from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("", views.home, name="home"),
    path("a-faire/", views.todo, name="todo"),
    path("recherche/", views.search, name="search"),
    path("territoires/", views.territories, name="territories"),
    path("profil/", views.profile, name="profile"),
    path("deuxieme-facteur/", views.second_factor, name="second_factor"),
    path("invitation/<str:token>/", views.answer_invitation, name="invitation"),
    path("territoires/<slug:territory>/personnes/", views.members, name="members"),
    path("territoires/<slug:territory>/personnes/inviter/", views.invite_person, name="invite"),
    path("territoires/<slug:territory>/personnes/<int:pk>/role/", views.change_role, name="change_role"),
    path("territoires/<slug:territory>/personnes/<int:pk>/fin/", views.leave_role, name="end_role"),
    path("territoires/<slug:territory>/personnes/<int:pk>/deuxieme-facteur/", views.reset_factor, name="reset_second_factor"),
    path("territoires/<slug:territory>/invitations/<int:pk>/renvoyer/", views.resend, name="resend_invitation"),
    path("territoires/<slug:territory>/invitations/<int:pk>/retirer/", views.revoke, name="revoke_invitation"),
    path("territoires/<slug:territory>/reglages/", views.territory_settings, name="settings"),
    path("territoires/<slug:territory>/journal/", views.show_journal, name="journal"),
    path("territoires/<slug:territory>/journal/export/", views.export_journal, name="export_journal"),
    path("territoires/<slug:territory>/journal/scelle/", views.export_journal_proof, name="export_journal_proof"),
]
