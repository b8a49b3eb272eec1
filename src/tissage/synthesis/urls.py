from django.urls import path

from . import views

app_name = "synthesis"
urlpatterns = [
    path("", views.versions, name="versions"),
    path("aujourdhui/", views.live, name="live"),
    path("aujourdhui/image/<slug:picture>.csv", views.live_picture, name="live_picture"),
    path("aujourdhui/partage/", views.spread, name="spread"),
    path("aujourdhui/dimension/<slug:dimension>/", views.dimension, name="dimension"),
    path("aujourdhui/dimension/<slug:dimension>/<slug:picture>.csv", views.dimension_picture, name="dimension_picture"),
    path("aujourdhui/composante/<slug:component>/", views.component, name="component"),
    path("aujourdhui/sans-code/", views.uncoded, name="uncoded"),
    path("aujourdhui/telecharger/<slug:kind>/", views.live_download, name="live_download"),
    path("aujourdhui/feuille/<int:group>/", views.group_sheet, name="group_sheet"),
    path("figer/", views.freeze, name="freeze"),
    path("comparer/", views.compare, name="compare"),
    path("statistiques/", views.statistics, name="statistics"),
    path("statistiques/<slug:picture>.csv", views.statistics_picture, name="statistics_picture"),
    path("<int:number>/", views.version, name="version"),
    path("<int:number>/avancement/", views.freezing, name="freezing"),
    path("<int:number>/arreter/", views.stop_freezing, name="stop_freezing"),
    path("<int:number>/image/<slug:picture>.csv", views.version_picture, name="version_picture"),
    path("<int:number>/partage/", views.version_spread, name="version_spread"),
    path("<int:number>/dimension/<slug:dimension>/", views.version_dimension, name="version_dimension"),
    path("<int:number>/dimension/<slug:dimension>/<slug:picture>.csv", views.version_dimension_picture, name="version_dimension_picture"),
    path("<int:number>/composante/<slug:component>/", views.version_component, name="version_component"),
    path("<int:number>/sans-code/", views.version_uncoded, name="version_uncoded"),
    path("<int:number>/telecharger/<slug:kind>/", views.version_download, name="version_download"),
    path("<int:number>/marques/", views.marks, name="marks"),
    path("<int:number>/lecture/", views.reading, name="reading"),
    path("<int:number>/lecture/toutes/", views.read_all, name="read_all"),
    path("<int:number>/lecture/reprendre/", views.carry_over, name="carry_over"),
    path("<int:number>/lecture/<int:line>/", views.read_line, name="read_line"),
    path("<int:number>/publier/", views.publish, name="publish"),
    path("<int:number>/retirer/", views.withdraw, name="withdraw"),
]
