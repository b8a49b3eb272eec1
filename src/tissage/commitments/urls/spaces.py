"""The space of an association: its roles, sets, contestants, sendings, answers; and the public comparison of what lists answered."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.commitments.views import space_answers, space_asks, space_lists, space_public, space_sets, spaces

app_name = "spaces"
ONE = "<slug:space>/ensembles/<slug:ask_set>/"
PUBLISHED = "<slug:space>/publie/<slug:ask_set>/"
urlpatterns: list[URLPattern] = [
    path("", spaces.mine, name="mine"),
    path("ouvrir/", spaces.open_space, name="open"),
    path("<slug:space>/", spaces.space, name="space"),
    path("<slug:space>/presentation/", spaces.change, name="change"),
    path("<slug:space>/personnes/", spaces.people, name="people"),
    path("<slug:space>/personnes/<int:space_role>/terminer/", spaces.end_role, name="end_role"),
    path("<slug:space>/journal/", spaces.journal, name="journal"),
    path("<slug:space>/pieces/<uuid:space_file>/", spaces.file, name="file"),
    path("<slug:space>/elections/nouvelle/", space_lists.create_election, name="create_election"),
    path("<slug:space>/ensembles/nouveau/", space_sets.create, name="create_set"),
    path("<slug:space>/ensembles/depuis-un-fichier/", space_sets.from_file, name="set_from_file"),
    path(ONE, space_sets.show, name="set"),
    path(f"{ONE}presentation/", space_sets.change, name="change_set"),
    path(f"{ONE}dates/", space_sets.dates, name="set_dates"),
    path(f"{ONE}figer/", space_sets.freeze, name="freeze"),
    path(f"{ONE}emporter/", space_sets.take, name="take"),
    path(f"{ONE}categories/nouvelle/", space_asks.create_category, name="create_category"),
    path(f"{ONE}categories/<int:category>/", space_asks.change_category, name="change_category"),
    path(f"{ONE}categories/<int:category>/retirer/", space_asks.remove_category, name="remove_category"),
    path(f"{ONE}demandes/nouvelle/", space_asks.create, name="create_ask"),
    path(f"{ONE}demandes/tableau/", space_asks.table, name="ask_table"),
    path(f"{ONE}demandes/importer/", space_asks.import_table, name="import_asks"),
    path(f"{ONE}demandes/<int:ask>/", space_asks.change, name="change_ask"),
    path(f"{ONE}demandes/<int:ask>/retirer/", space_asks.remove, name="remove_ask"),
    path(f"{ONE}demandes/<int:ask>/competence/", space_asks.competence, name="competence"),
    path(f"{ONE}listes/", space_lists.show, name="lists"),
    path(f"{ONE}listes/nouvelle/", space_lists.create, name="create_contestant"),
    path(f"{ONE}listes/envoyer-a-toutes/", space_lists.send_all, name="send_all"),
    path(f"{ONE}listes/rappeler/", space_lists.remind, name="remind"),
    path(f"{ONE}listes/<int:contestant>/", space_lists.change, name="change_contestant"),
    path(f"{ONE}listes/<int:contestant>/retirer/", space_lists.remove, name="remove_contestant"),
    path(f"{ONE}listes/<int:contestant>/lettre/", space_lists.send_letter, name="send_letter"),
    path(f"{ONE}envois/<int:sending>/", space_lists.sending, name="sending"),
    path(f"{ONE}envois/<int:sending>/nouveau-lien/", space_lists.renew, name="renew_link"),
    path(f"{ONE}envois/<int:sending>/rouvrir/", space_lists.reopen, name="reopen"),
    path(f"{ONE}reponses/", space_answers.show, name="answers"),
    path(f"{ONE}reponses/<int:contestant>/", space_answers.type_in, name="type_answers"),
    path(f"{ONE}publier/", space_answers.publish, name="publish"),
    path(f"{ONE}clore/", space_answers.close, name="close"),
    path(PUBLISHED, space_public.comparison, name="published"),
    path(f"{PUBLISHED}pieces/<uuid:space_file>/", space_public.proof, name="published_proof"),
]
