"""Articles of pilot actions: the team's desk, and the pages that everybody of a public territory reads."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.people.exchange.kept_files import PICTURES, path_of
from tissage.people.models import Territory
from tissage.plan.forms.articles import ArticleForm, PictureForm
from tissage.plan.models import Action, Article, ArticlePicture
from tissage.plan.operations import articles as operations
from tissage.plan.queries.articles import articles_of_plan, published_articles, reads_articles
from tissage.voices.exchange.photos import CONTENT_TYPE

from .doors import action_for, person, plan_for

WRITES, PUBLISHES = "plan.follow_actions", "plan.write_plan"
A_PAGE = 12


# --- For the team ---------------------------------------------------------------------------------------------


@require_safe
def articles(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.read_plan")
    every = articles_of_plan(found)
    page = Paginator(every, A_PAGE).get_page(request.GET.get("page"))
    pilots = list(Action.objects.filter(plan=found, is_pilot=True).order_by("sequence", "pk"))
    context = {
        "territory": found.territory,
        "plan": found,
        "tab": "plan",
        "page": page,
        "count": ngettext("%(n)s article", "%(n)s articles", page.paginator.count) % {"n": page.paginator.count},
        "pilots": pilots,
        "writes": person(request).has_perm(WRITES, found),
    }
    return render(request, "plan/articles/articles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create_article(request: HttpRequest, territory: str, plan: int, action: int) -> HttpResponse:
    found = action_for(request, territory, plan, action, WRITES)
    form = ArticleForm(request.POST or None, initial={"on": timezone.localdate(), "author": person(request).name})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.write_article(action=found, by=person(request), now=timezone.now(), **_words(form))
        except operations.ArticleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("L’article est écrit. Ajoutez des images, puis publiez-le."))
            return redirect("plan:change_article", territory, plan, made.pk)
    context = {"territory": found.territory, "plan": found.plan, "tab": "plan", "action": found, "form": form, "article": None}
    return render(request, "plan/articles/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_article(request: HttpRequest, territory: str, plan: int, article: int) -> HttpResponse:
    """Its words, its pictures, and the acts of publishing and withdrawing."""
    found = _of_the_team(request, territory, plan, article, WRITES)
    form = ArticleForm(request.POST or None, instance=Article.objects.get(pk=found.pk))
    if request.method == "POST" and form.is_valid():
        operations.change_article(article=found, by=person(request), now=timezone.now(), **_words(form))
        messages.success(request, gettext("L’article est enregistré."))
        return redirect("plan:change_article", territory, plan, found.pk)
    return _desk(request, found, form, PictureForm())


@require_POST
def add_picture(request: HttpRequest, territory: str, plan: int, article: int) -> HttpResponse:
    found = _of_the_team(request, territory, plan, article, WRITES)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            operations.add_picture(
                article=found,
                picture=form.cleaned_data["picture"],
                alternative=form.cleaned_data["alternative"],
                by=person(request),
                now=timezone.now(),
            )
        except operations.ArticleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("L’image est ajoutée."))
            return redirect(reverse("plan:change_article", args=[territory, plan, found.pk]) + "#images")
    return _desk(request, found, ArticleForm(instance=Article.objects.get(pk=found.pk)), form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_picture(request: HttpRequest, territory: str, plan: int, article: int, picture_file: UUID) -> HttpResponse:
    found = _of_the_team(request, territory, plan, article, WRITES)
    picture = get_object_or_404(ArticlePicture.objects.select_related("article__action__plan__territory"), uuid=picture_file, article=found)
    back = reverse("plan:change_article", args=[territory, plan, found.pk])
    if request.method == "POST":
        operations.remove_picture(picture=picture, by=person(request), now=timezone.now())
        messages.success(request, gettext("L’image est retirée."))
        return redirect(back + "#images")
    context = {
        "title": gettext("Retirer cette image ?"),
        "consequence": gettext("« %(alternative)s » disparaît de l’article et de la mémoire du site.")
        % {"alternative": picture.alternative},
        "submit": gettext("Retirer l’image"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@require_POST
def publish_article(request: HttpRequest, territory: str, plan: int, article: int) -> HttpResponse:
    found = _of_the_team(request, territory, plan, article, PUBLISHES)
    return _act(request, found, withdraw=False)


@require_POST
def withdraw_article(request: HttpRequest, territory: str, plan: int, article: int) -> HttpResponse:
    found = _of_the_team(request, territory, plan, article, PUBLISHES)
    return _act(request, found, withdraw=True)


def _act(request: HttpRequest, found: Article, *, withdraw: bool) -> HttpResponse:
    act = operations.withdraw_article if withdraw else operations.publish_article
    place = found.action.plan.territory
    try:
        act(article=found, by=person(request), now=timezone.now())
    except operations.ArticleRefused as refusal:
        messages.error(request, str(refusal))
    else:
        if withdraw:
            told = gettext("L’article est retiré : il n’est plus lu que par l’équipe.")
        elif place.is_public:
            told = gettext("L’article est publié : tout le monde peut le lire.")
        else:
            told = gettext("L’article est publié pour les membres du territoire, dont la page n’est pas publique.")
        messages.success(request, told)
    return redirect("plan:change_article", place.slug, found.action.plan_id, found.pk)


def _of_the_team(request: HttpRequest, territory: str, plan: int, article: int, permission: str) -> Article:
    found = plan_for(request, territory, plan, permission)
    return get_object_or_404(articles_of_plan(found), pk=article)


def _words(form: ArticleForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("title", "text", "on", "author")}


def _desk(request: HttpRequest, found: Article, form: ArticleForm, picture_form: PictureForm, *, status: int = 200) -> HttpResponse:
    context = {
        "territory": found.action.plan.territory,
        "plan": found.action.plan,
        "tab": "plan",
        "action": found.action,
        "article": found,
        "form": form,
        "picture_form": picture_form,
        "publishes": person(request).has_perm(PUBLISHES, found.action.plan),
        "is_published": found.published_at is not None and found.withdrawn_at is None,
    }
    return render(request, "plan/articles/edit.html", context, status=status)


# --- For everybody --------------------------------------------------------------------------------------------


def _readable(request: HttpRequest, slug: str) -> Territory:
    territory = get_object_or_404(Territory, slug=slug)
    if not reads_articles(request.user, territory):
        raise Http404
    return territory


@login_not_required
@require_safe
def published(request: HttpRequest, territory: str) -> HttpResponse:
    """The published articles of a territory, latest first."""
    place = _readable(request, territory)
    page = Paginator(published_articles(place), A_PAGE).get_page(request.GET.get("page"))
    count = ngettext("%(n)s article", "%(n)s articles", page.paginator.count) % {"n": page.paginator.count}
    return render(request, "plan/articles/published.html", {"territory": place, "page": page, "count": count})


@login_not_required
@require_safe
def article(request: HttpRequest, territory: str, article: int) -> HttpResponse:
    """One article: a published one; a draft too, for the team that prepares it."""
    place = _readable(request, territory)
    found = published_articles(place).filter(pk=article).first() or _draft(request, place, article)
    if found is None:
        raise Http404
    is_published = found.published_at is not None and found.withdrawn_at is None and found.action.is_pilot
    context = {
        "territory": place,
        "article": found,
        "is_published": is_published,
        "writes": request.user.has_perm(WRITES, place),
    }
    return render(request, "plan/articles/article.html", context)


@login_not_required
@require_safe
def article_picture(request: HttpRequest, territory: str, article: int, picture_file: UUID) -> HttpResponse:
    """The picture itself, for whoever may read its article."""
    place = _readable(request, territory)
    picture = get_object_or_404(ArticlePicture.objects.select_related("article"), uuid=picture_file, article=article)
    if not published_articles(place).filter(pk=article).exists() and _draft(request, place, article) is None:
        raise Http404
    try:
        content = path_of(PICTURES, picture.uuid).read_bytes()
    except FileNotFoundError as error:
        raise Http404 from error
    return HttpResponse(content, content_type=CONTENT_TYPE, headers={"Cache-Control": "private, max-age=600"})


def _draft(request: HttpRequest, territory: Territory, article: int) -> Article | None:
    if not request.user.has_perm(WRITES, territory):
        return None
    every = Article.objects.select_related("action__plan__territory").prefetch_related("pictures")
    return every.filter(pk=article, action__plan__territory=territory).first()
