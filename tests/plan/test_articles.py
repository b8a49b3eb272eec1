"""Articles of pilot actions: who writes, who publishes, who reads; pictures without metadata and never without words."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.conftest import NOW
from tests.plan.counting import make_counting, manager_of
from tissage.people.exchange.kept_files import PICTURES, path_of
from tissage.people.models import Entry
from tissage.plan.models import Action, Article, ArticlePicture
from tissage.plan.operations.articles import ArticleRefused, publish_article, withdraw_article, write_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def counting(territory):
    made = make_counting(territory, NOW)
    Action.objects.filter(pk=made.school.pk).update(is_pilot=True)
    made.school.refresh_from_db()
    return made


@pytest.fixture
def malika(territory):
    return manager_of(territory, NOW)


@pytest.fixture
def article(counting, malika):
    return write_article(
        action=counting.school,
        title="Un pommier",
        text="canari : les enfants plantent.",
        on=dt.date(2026, 4, 2),
        author="L’école",
        by=malika,
        now=NOW,
    )


@pytest.fixture
def public(territory):
    territory.visibility = "public"
    territory.save()
    return territory


def photo(**options) -> SimpleUploadedFile:
    content = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "APPAREIL-CANARI"
    Image.new("RGB", (60, 40), "green").save(content, "JPEG", exif=exif, **options)
    return SimpleUploadedFile("IMG_canari.jpg", content.getvalue(), content_type="image/jpeg")


def team(counting, *rest: object) -> str:
    return "/" + "/".join(str(part) for part in ("territoires", "sormont", "plans", counting.plan.pk, *rest)) + "/"


def read(*rest: object) -> str:
    return "/" + "/".join(str(part) for part in ("territoires", "sormont", "plans", "articles", *rest)) + "/"


def test_only_a_pilot_action_has_articles(counting, malika):
    with pytest.raises(ArticleRefused, match="action pilote"):
        write_article(action=counting.shelter, title="x", text="x", on=NOW.date(), author="x", by=malika, now=NOW)


def test_a_draft_is_read_by_the_team_alone(article, public, malika, bob, dora, as_user):
    assert as_user(malika).get(read(article.pk)).status_code == 200
    assert {as_user(one).get(read(article.pk)).status_code for one in (None, bob, dora)} == {404}
    assert {b"Un pommier" in as_user(one).get(read()).content for one in (None, bob, malika)} == {False}
    assert b"Un pommier" not in as_user(None).get("/territoires/sormont/").content


def test_a_published_article_of_a_public_territory_is_read_by_everybody(article, public, malika, dora, as_user):
    publish_article(article=article, by=malika, now=NOW)
    for page in (read(), read(article.pk), "/territoires/sormont/"):
        assert {b"Un pommier" in as_user(one).get(page).content for one in (None, dora, malika)} == {True}
    withdraw_article(article=article, by=malika, now=NOW)
    assert {as_user(one).get(read(article.pk)).status_code for one in (None, dora)} == {404}
    assert b"Un pommier" not in as_user(None).get("/territoires/sormont/").content


def test_a_members_territory_shows_its_articles_to_every_member_and_to_nobody_else(article, territory, malika, bob, dora, as_user):
    publish_article(article=article, by=malika, now=NOW)
    councillor = manager_of(territory, NOW, "Conrad", "councillor")
    assert {as_user(one).get(read(article.pk)).status_code for one in (bob, councillor)} == {200}
    assert {as_user(one).get(read(article.pk)).status_code for one in (None, dora)} == {404}
    assert {as_user(one).get(read()).status_code for one in (None, dora)} == {404}


def test_an_action_no_longer_pilot_takes_its_articles_from_view(article, public, malika, counting, as_user):
    publish_article(article=article, by=malika, now=NOW)
    Action.objects.filter(pk=counting.school.pk).update(is_pilot=False)
    assert as_user(None).get(read(article.pk)).status_code == 404


def test_publishing_twice_and_withdrawing_a_draft_are_refused(article, malika):
    with pytest.raises(ArticleRefused, match="n’est pas publié"):
        withdraw_article(article=article, by=malika, now=NOW)
    publish_article(article=article, by=malika, now=NOW)
    with pytest.raises(ArticleRefused, match="déjà publié"):
        publish_article(article=article, by=malika, now=NOW)


def test_who_animates_writes_and_who_keeps_the_plan_publishes(counting, article, malika, alice, bob, as_user):
    said = {"title": "Un poirier", "text": "Il pousse.", "on": "2026-05-01", "author": "L’école"}
    new = team(counting, "actions", counting.school.pk, "articles", "nouveau")
    assert as_user(alice).post(new, said).status_code == 302
    assert as_user(bob).post(new, said).status_code == 404
    publish = team(counting, "articles", article.pk, "publier")
    assert as_user(alice).post(publish).status_code == 404
    assert as_user(malika).get(publish).status_code == 405
    assert as_user(malika).post(publish).status_code == 302
    article.refresh_from_db()
    assert article.published_at is not None
    assert Article.objects.count() == 2


def test_a_picture_is_bare_and_says_what_it_shows(article, counting, public, malika, as_user):
    client, images = as_user(malika), team(counting, "articles", article.pk, "images")
    refused = client.post(images, {"picture": photo(), "alternative": ""})
    assert refused.status_code == 422
    wrong = client.post(images, {"picture": SimpleUploadedFile("x.jpg", b"<html>"), "alternative": "Un pommier"})
    assert wrong.status_code == 422
    assert ArticlePicture.objects.count() == 0
    assert client.post(images, {"picture": photo(), "alternative": "Un pommier en fleur"}).status_code == 302
    picture = ArticlePicture.objects.get()
    address = read(article.pk, "images", picture.uuid)
    assert as_user(None).get(address).status_code == 404
    publish_article(article=article, by=malika, now=NOW)
    given = as_user(None).get(address)
    assert given.headers["Content-Type"] == "image/jpeg"
    assert b"CANARI" not in given.content
    assert 'alt="Un pommier en fleur"' in as_user(None).get(read(article.pk)).content.decode()
    client.post(team(counting, "articles", article.pk, "images", picture.uuid, "retirer"))
    assert ArticlePicture.objects.count() == 0
    assert as_user(None).get(address).status_code == 404


def test_a_removed_picture_leaves_no_file(article, counting, malika, as_user, django_capture_on_commit_callbacks):
    client = as_user(malika)
    client.post(team(counting, "articles", article.pk, "images"), {"picture": photo(), "alternative": "Un pommier"})
    picture = ArticlePicture.objects.get()
    assert path_of(PICTURES, picture.uuid).is_file()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(team(counting, "articles", article.pk, "images", picture.uuid, "retirer"))
    assert not path_of(PICTURES, picture.uuid).exists()


def test_the_journal_names_the_action_and_no_word_of_the_article(article, malika):
    publish_article(article=article, by=malika, now=NOW)
    kept = [(entry.verb, entry.object_label, entry.fields) for entry in Entry.objects.filter(verb__contains="article").order_by("pk")]
    assert [verb for verb, _label, _fields in kept] == ["plan.write_article", "plan.publish_article"]
    assert "canari" not in str(kept)
    assert "pommier" not in str(kept)


def test_lists_cost_the_same_with_one_article_and_with_three(article, counting, public, malika, as_user):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    publish_article(article=article, by=malika, now=NOW)
    pages = [(None, read()), (None, "/territoires/sormont/"), (malika, team(counting, "articles"))]

    def cost() -> list[int]:
        found = []
        for person, page in pages:
            client = as_user(person)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            found.append(len(asked))
        return found

    before = cost()
    for number in range(2):
        more = write_article(
            action=counting.school, title=f"Autre {number}", text="x", on=dt.date(2026, 4, 2), author="x", by=malika, now=NOW
        )
        publish_article(article=more, by=malika, now=NOW)
    assert cost() == before
