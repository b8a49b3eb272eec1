"""Short public articles about pilot actions: written, illustrated, published, withdrawn."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tissage.people.exchange.kept_files import PICTURES, forget, forget_strays, keep, path_of
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Action, Article, ArticlePicture
from tissage.voices.exchange.photos import CleanPhoto

MOST_PICTURES = 8


class ArticleRefused(ValueError):
    """Why nothing was changed, in words for the user."""


@transaction.atomic
def write_article(*, action: Action, title: str, text: str, on: dt.date, author: str, by: User, now: dt.datetime) -> Article:
    """A new draft about a pilot action. Raises `ArticleRefused`."""
    if not action.is_pilot:
        raise ArticleRefused(_("Seule une action pilote a des articles. Marquez-la d’abord pilote sur sa fiche."))
    article = Article.objects.create(action=action, title=title.strip(), text=text.strip(), on=on, author=author.strip(), written_by=by)
    record(verb="plan.write_article", by=by, territory=action.plan.territory, on=action, now=now)
    return article


@transaction.atomic
def change_article(*, article: Article, title: str, text: str, on: dt.date, author: str, by: User, now: dt.datetime) -> Article:
    """Other words. A published article changes at once for its readers; the journal says which fields."""
    kept = _locked(article)
    wanted = {"title": title.strip(), "text": text.strip(), "on": on, "author": author.strip()}
    changed = [name for name, value in wanted.items() if getattr(kept, name) != value]
    if changed:
        for name in changed:
            setattr(kept, name, wanted[name])
        kept.save(update_fields=changed)
        record(verb="plan.change_article", by=by, territory=kept.action.plan.territory, on=kept.action, fields=changed, now=now)
    return kept


@transaction.atomic
def publish_article(*, article: Article, by: User, now: dt.datetime) -> Article:
    """From now on it is read by members, and by everybody when the territory is public. Raises `ArticleRefused`."""
    kept = _locked(article)
    if kept.published_at is not None and kept.withdrawn_at is None:
        raise ArticleRefused(_("Cet article est déjà publié."))
    if not kept.action.is_pilot:
        raise ArticleRefused(_("L’action n’est plus pilote : marquez-la pilote sur sa fiche, puis publiez."))
    kept.published_at, kept.withdrawn_at = now, None
    kept.save(update_fields=["published_at", "withdrawn_at"])
    record(verb="plan.publish_article", by=by, territory=kept.action.plan.territory, on=kept.action, now=now)
    return kept


@transaction.atomic
def withdraw_article(*, article: Article, by: User, now: dt.datetime) -> Article:
    """Nobody outside the team reads it any more, pictures included. Raises `ArticleRefused`."""
    kept = _locked(article)
    if kept.published_at is None or kept.withdrawn_at is not None:
        raise ArticleRefused(_("Cet article n’est pas publié."))
    kept.withdrawn_at = now
    kept.save(update_fields=["withdrawn_at"])
    record(verb="plan.withdraw_article", by=by, territory=kept.action.plan.territory, on=kept.action, now=now)
    return kept


@transaction.atomic
def add_picture(*, article: Article, picture: CleanPhoto, alternative: str, by: User, now: dt.datetime) -> ArticlePicture:
    """A picture already bare of metadata, with the words for who cannot see it. Raises `ArticleRefused`."""
    kept = _locked(article)
    if not alternative.strip():
        raise ArticleRefused(_("Dites ce que montre l’image, pour qui ne la voit pas."))
    if kept.pictures.count() >= MOST_PICTURES:
        raise ArticleRefused(_("Un article a au plus %(most)s images. Retirez-en une d’abord.") % {"most": MOST_PICTURES})
    name = uuid.uuid4()
    keep(PICTURES, name, picture.content)
    try:
        last = kept.pictures.aggregate(last=Max("position"))["last"]
        made = ArticlePicture.objects.create(
            article=kept,
            uuid=name,
            alternative=alternative.strip(),
            width=picture.width,
            height=picture.height,
            position=0 if last is None else last + 1,
        )
        record(verb="plan.add_picture", by=by, territory=kept.action.plan.territory, on=kept.action, now=now)
    except BaseException:
        path_of(PICTURES, name).unlink(missing_ok=True)
        raise
    return made


@transaction.atomic
def remove_picture(*, picture: ArticlePicture, by: User, now: dt.datetime) -> None:
    """The picture and its file, for good."""
    action = picture.article.action
    record(verb="plan.remove_picture", by=by, territory=action.plan.territory, on=action, now=now)
    forget(PICTURES, picture.uuid)
    picture.delete()


def delete_stray_pictures(*, now: dt.datetime) -> int:
    """By the clock: files whose row is gone; gives how many."""
    return forget_strays(PICTURES, list(ArticlePicture.objects.values_list("uuid", flat=True)), now=now)


def _locked(article: Article) -> Article:
    articles = Article.objects.select_related("action__plan__territory")
    return articles.select_for_update(of=("self",)).order_by("pk").get(pk=article.pk)
