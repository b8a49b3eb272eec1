from django.urls import path

from . import views

app_name = "frameworks"
urlpatterns = [
    path("referentiels/", views.versions, name="versions"),
    path("referentiels/importer/", views.import_nomenclature, name="import"),
    path("referentiels/<int:version>/", views.show_version, name="version"),
    path("referentiels/<int:version>/recherche/", views.search, name="search"),
    path("referentiels/<int:version>/composantes/<str:code>/", views.component, name="component"),
    path("referentiels/<int:version>/sens/", views.senses, name="senses"),
    path("referentiels/<int:version>/beneficiaires/", views.beneficiaries, name="beneficiaries"),
    path("referentiels/<int:version>/export.csv", views.export_nomenclature, name="export"),
    path("referentiels/<int:version>/export.qdc", views.export_codebook, name="export_codebook"),
    path("referentiels/<int:version>/differences/", views.differences, name="differences"),
    path("referentiels/<int:version>/correspondances/", views.crosswalk, name="crosswalk"),
    path("referentiels/<int:version>/correspondances/export.csv", views.export_crosswalk, name="export_crosswalk"),
    path("referentiels/<int:version>/correspondances/<slug:kind>/<str:code>/", views.map_one, name="map_code"),
    path("referentiels/<int:version>/codes/<slug:kind>/ajouter/", views.add, name="add_code"),
    path("referentiels/<int:version>/codes/<slug:kind>/<str:code>/corriger/", views.correct, name="correct_code"),
    path("referentiels/<int:version>/codes/<slug:kind>/<str:code>/retirer/", views.remove, name="remove_code"),
    path("referentiels/<int:version>/publier/", views.publish, name="publish"),
    path("referentiels/<int:version>/abandonner/", views.discard, name="discard"),
    path("territoires/<slug:territory>/nomenclature/", views.territory_choice, name="territory_choice"),
    path("territoires/<slug:territory>/nomenclature/<int:version>/", views.choose, name="choose"),
]
