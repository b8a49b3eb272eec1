"""Keeping the directory true: what to check, what anyone proposed, the pause of public forms."""

from django.urls import path

from tissage.network.views import keeping

urlpatterns = [
    path("annuaire/a-verifier/", keeping.to_check, name="to_check"),
    path("annuaire/a-verifier/<int:organization>/demander/", keeping.ask_again, name="ask_again"),
    path("annuaire/a-verifier/<int:organization>/e-mail-revenu/", keeping.note_bounce, name="note_bounce"),
    path("annuaire/a-verifier/<int:organization>/adresse-bonne/", keeping.forget_bounces, name="forget_bounces"),
    path("annuaire/propositions/", keeping.suggestion_list, name="suggestions"),
    path("annuaire/propositions/<uuid:suggestion>/", keeping.suggestion, name="suggestion"),
    path("annuaire/propositions/<uuid:suggestion>/retenir/", keeping.accept_suggestion, name="accept_suggestion"),
    path("annuaire/propositions/<uuid:suggestion>/refuser/", keeping.refuse_suggestion, name="refuse_suggestion"),
    path("annuaire/propositions/<uuid:suggestion>/relire/", keeping.reopen_suggestion, name="reopen_suggestion"),
    path("annuaire/pause/", keeping.pause, name="pause"),
    path("annuaire/pause/lever/", keeping.resume, name="resume"),
]
