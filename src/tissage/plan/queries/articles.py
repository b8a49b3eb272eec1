"""Articles of pilot actions: which ones who may read."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from tissage.people.models import Territory
from tissage.people.rules import role_in
from tissage.plan.models import Article, ArticlePicture, Plan


def published_articles(territory: Territory) -> QuerySet[Article]:
    """What may be read of a territory: published, not withdrawn, of an action still pilot; latest first, with pictures."""
    found = Article.objects.filter(
        action__plan__territory=territory, action__is_pilot=True, published_at__isnull=False, withdrawn_at__isnull=True
    )
    return _with_pictures(found)


def articles_of_plan(plan: Plan) -> QuerySet[Article]:
    """All of them, drafts and withdrawn ones included, for the team."""
    return _with_pictures(Article.objects.filter(action__plan=plan))


def _with_pictures(articles: QuerySet[Article]) -> QuerySet[Article]:
    pictures = Prefetch("pictures", ArticlePicture.objects.order_by("position", "pk"))
    return articles.select_related("action__plan__territory", "written_by").prefetch_related(pictures).order_by("-on", "-pk")


def reads_articles(user: Any, territory: Territory) -> bool:
    """Published articles: everybody of a public territory, members of another."""
    return territory.is_public or role_in(user, territory) != ""
