from django.urls import path

from tissage.plan.views import articles

ONE = "<int:plan>/articles/<int:article>"
urlpatterns = [
    path("<int:plan>/articles/", articles.articles, name="articles"),
    path("<int:plan>/actions/<int:action>/articles/nouveau/", articles.create_article, name="create_article"),
    path(f"{ONE}/modifier/", articles.change_article, name="change_article"),
    path(f"{ONE}/publier/", articles.publish_article, name="publish_article"),
    path(f"{ONE}/retirer/", articles.withdraw_article, name="withdraw_article"),
    path(f"{ONE}/images/", articles.add_picture, name="add_picture"),
    path(f"{ONE}/images/<uuid:picture_file>/retirer/", articles.remove_picture, name="remove_picture"),
    # For everybody, when the territory is public:
    path("articles/", articles.published, name="published_articles"),
    path("articles/<int:article>/", articles.article, name="article"),
    path("articles/<int:article>/images/<uuid:picture_file>/", articles.article_picture, name="article_picture"),
]
