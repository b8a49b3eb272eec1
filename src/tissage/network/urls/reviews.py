"""What a review mail opens: one page of buttons for all services of an organisation."""

from django.urls import path

from tissage.network.views import reviews

app_name = "reviews"
urlpatterns = [
    path("<str:token>/", reviews.review, name="review"),
    path("<str:token>/<uuid:service>/toujours-exact/", reviews.confirm, name="confirm"),
    path("<str:token>/<uuid:service>/corriger/", reviews.correct, name="correct"),
    path("<str:token>/<uuid:service>/n-existe-plus/", reviews.close, name="close"),
    path("<str:token>/<uuid:service>/reprendre/", reviews.take_back, name="take_back"),
]
