"""Documents of a plan: years, freezing, files, votes, Word forms."""

from django.urls import path

from tissage.reports.views import files, vote, word_templates, years

urlpatterns = [
    path("modeles/", word_templates.templates, name="templates"),
    path("modeles/champs/", word_templates.fields, name="fields"),
    path("modeles/exemple/", word_templates.sample, name="sample"),
    path("modeles/<uuid:word_template>/", word_templates.template_file, name="template_file"),
    path("modeles/<uuid:word_template>/retirer/", word_templates.retire_template, name="retire_template"),
    path("fichiers/<uuid:report_file>/", files.download, name="download"),
    path("<int:plan>/", years.reports, name="reports"),
    path("<int:plan>/<int:year>/", years.year, name="year"),
    path("<int:plan>/<int:year>/arreter/", years.freeze, name="freeze"),
    path("<int:plan>/<int:year>/rouvrir/", years.reopen, name="reopen"),
    path("<int:plan>/<int:year>/textes/", years.texts, name="texts"),
    path("<int:plan>/<int:year>/emporter/", files.take, name="take"),
    path("<int:plan>/<int:year>/emettre/", files.issue, name="issue"),
    path("<int:plan>/<int:year>/vote/", vote.vote, name="vote"),
]
