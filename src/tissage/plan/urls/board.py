from django.urls import URLPattern, path

from tissage.plan.views import board

urlpatterns: list[URLPattern] = [
    path("<int:plan>/tableau/", board.board, name="board"),
]
