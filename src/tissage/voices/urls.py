"""Addresses of this app, all under /territoires/<slug>/. Imports and exports bring their own list."""

from django.urls import path

from .import_urls import urlpatterns as import_patterns
from .views import coding, criteria, entry, expressions, groups, territory, workshops

app_name = "voices"
urlpatterns = [
    path("", territory.territory, name="territory"),
    path("groupes/", groups.groups, name="groups"),
    path("groupes/nouveau/", groups.create_group, name="create_group"),
    path("groupes/<int:group>/", groups.group, name="group"),
    path("groupes/<int:group>/modifier/", groups.edit_group, name="edit_group"),
    path("groupes/<int:group>/ateliers/nouveau/", workshops.create_workshop, name="create_workshop"),
    path("ateliers/<int:workshop>/", workshops.workshop, name="workshop"),
    path("ateliers/<int:workshop>/modifier/", workshops.edit_workshop, name="edit_workshop"),
    path("ateliers/<int:workshop>/clore/", workshops.close_workshop, name="close_workshop"),
    path("ateliers/<int:workshop>/rouvrir/", workshops.reopen_workshop, name="reopen_workshop"),
    path("questions/", workshops.questions, name="questions"),
    path("questions/nouvelle/", workshops.add_question, name="add_question"),
    path("questions/<int:question>/modifier/", workshops.edit_question, name="edit_question"),
    path("questions/<int:question>/retirer/", workshops.remove_question, name="remove_question"),
    path("saisie/", entry.entry, name="entry"),
    path("saisie/verifier/", entry.check_lines, name="check_lines"),
    path("saisie/<uuid:batch>/", entry.entry_done, name="entry_done"),
    path("lots/<uuid:batch>/annuler/", entry.undo, name="undo"),
    path("expressions/", expressions.expressions, name="expressions"),
    path("expressions/rassembler/", expressions.gather_expressions, name="gather_expressions"),
    path("criteres/", criteria.criteria, name="criteria"),
    path("criteres/fusionner/", criteria.merge_criteria, name="merge_criteria"),
    path("criteres/<int:criterion>/", criteria.criterion, name="criterion"),
    path("criteres/<int:criterion>/modifier/", criteria.edit_criterion, name="edit_criterion"),
    path("criteres/<int:criterion>/separer/", criteria.split_criterion, name="split_criterion"),
    path("criteres/<int:criterion>/retirer/", criteria.withdraw_criterion, name="withdraw_criterion"),
    path("criteres/<int:criterion>/formulation/", criteria.correct_proposition, name="correct_proposition"),
    path("criteres/<int:criterion>/coder/", coding.code_criterion, name="code"),
    path("criteres/<int:criterion>/coder/valider/", coding.validate_coding, name="validate_coding"),
    path("criteres/<int:criterion>/coder/effacer/", coding.remove_code, name="remove_code"),
    path("criteres/<int:criterion>/expressions/<int:expression>/detacher/", expressions.detach_expression, name="detach_expression"),
    *import_patterns,
]
