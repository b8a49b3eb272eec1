from django.urls import URLPattern, path

from tissage.plan.views import workbook

urlpatterns: list[URLPattern] = [
    path("<int:plan>/classeur/", workbook.workbook, name="workbook"),
    path("<int:plan>/classeur/prendre/", workbook.workbook_out, name="workbook_out"),
    path("<int:plan>/classeur/rendre/", workbook.workbook_in, name="workbook_in"),
    path("<int:plan>/classeur/<uuid:workbook_import>/", workbook.workbook_preview, name="workbook_preview"),
    path("<int:plan>/classeur/<uuid:workbook_import>/colonnes/", workbook.workbook_columns, name="workbook_columns"),
    path("<int:plan>/classeur/<uuid:workbook_import>/importer/", workbook.workbook_apply, name="workbook_apply"),
    path("<int:plan>/classeur/<uuid:workbook_import>/abandonner/", workbook.workbook_abandon, name="workbook_abandon"),
    path("<int:plan>/classeur/<uuid:workbook_import>/annuler/", workbook.workbook_undo, name="workbook_undo"),
]
