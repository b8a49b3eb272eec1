"""Photos of A0 sheets: made bare, seen by the team alone, beside the fast entry, gone on their day."""

from __future__ import annotations

import datetime as dt
import io
import os
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from tissage.people.exchange.kept_files import PHOTOS, keep, path_of
from tissage.people.models import Entry
from tissage.voices.exchange.photos import LONGEST_SIDE, MOST_BYTES, CleanPhoto, PhotoRefused, clean_photo
from tissage.voices.models import Question, SheetPhoto, Workshop
from tissage.voices.operations.photos import PhotosRefused, add_photos, change_photo_date, delete_old_photos, drop_lost_photos

ORIENTATION, PLACE, MAKER, COMMENT = 0x0112, 0x8825, 0x010F, b"prise par Zoe au refuge"


@pytest.fixture
def workshop(group):
    return Workshop.objects.create(territory=group.territory, group=group, held_on=dt.date(2026, 11, 20))


def picture(width=800, height=600, kind="JPEG", *, turned=False, **more) -> bytes:
    """A photo with a red left half; `turned` says that the phone lay on its side, and where it was."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height))
    if turned:
        exif = Image.Exif()
        exif[ORIENTATION] = 6
        exif[MAKER] = "Zoephone"
        exif.get_ifd(PLACE)[2] = (50.0, 27.0, 0.0)
        more["exif"] = exif
    stream = io.BytesIO()
    image.save(stream, kind, **more)
    return stream.getvalue()


def clean(content: bytes) -> CleanPhoto:
    return clean_photo(io.BytesIO(content), len(content))


def bomb(side: int) -> bytes:
    """A small PNG that says it is `side` pixels square."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def test_a_photo_stands_upright_and_tells_neither_place_nor_device_nor_person():
    given = picture(turned=True, comment=COMMENT)
    assert b"Zoephone" in given
    assert COMMENT in given
    bare = clean(given)
    kept = Image.open(io.BytesIO(bare.content))
    assert (kept.size, (bare.width, bare.height)) == ((600, 800), (600, 800))
    red, _green, blue = kept.convert("RGB").getpixel((300, 100))
    assert red > 200 > blue  # the left half of the sensor is the top once upright
    assert dict(kept.getexif()) == {}
    assert b"Zoephone" not in bare.content
    assert COMMENT not in bare.content
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(kept.info)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_every_usual_format_becomes_a_small_jpeg(kind):
    bare = clean(picture(5000, 2500, kind))
    assert Image.open(io.BytesIO(bare.content)).format == "JPEG"
    assert (bare.width, bare.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_what_is_transparent_becomes_white():
    stream = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(stream, "PNG")
    assert Image.open(io.BytesIO(clean(stream.getvalue()).content)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg onload=alert(1)>", "n’est pas une photo"),
        (b"", "n’est pas une photo"),
        (picture()[:400], "n’est pas une photo"),
        (b"GIF89a" + b"\0" * 50, "n’est pas une photo"),
        (bomb(8000), "trop grande à déplier"),
        (bomb(12_000), "trop grande à déplier"),
        (bomb(60_000), "trop grande à déplier"),
    ],
)
def test_what_is_no_photo_or_too_large_is_refused_in_words(content, said):
    with pytest.raises(PhotoRefused, match=said):
        clean(content)


def test_a_file_too_heavy_is_refused_before_it_is_read():
    with pytest.raises(PhotoRefused, match="20 Mo"):
        clean_photo(io.BytesIO(b""), MOST_BYTES + 1)


# --- Keeping and forgetting -------------------------------------------------------------------------------------


def kept(workshop, by, now, count=1) -> list[SheetPhoto]:
    return add_photos(workshop=workshop, photos=[clean(picture(40, 30))] * count, by=by, now=now)


def test_photos_are_kept_for_thirty_days_under_no_name_for_their_owner_alone(workshop, alice, now):
    [photo] = kept(workshop, alice, now)
    path = path_of(PHOTOS, photo.uuid)
    assert photo.delete_on == dt.date(2026, 12, 22)
    assert path.name == str(photo.uuid)
    assert os.stat(path).st_mode & 0o077 == 0
    assert Entry.objects.get(verb="voices.add_photos").numbers == {"photos": 1}


def test_when_the_rows_cannot_be_written_no_file_stays(workshop, alice, now, monkeypatch):
    def fail(*_args, **_options):
        raise RuntimeError

    monkeypatch.setattr(SheetPhoto.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        kept(workshop, alice, now, 2)
    assert list(path_of(PHOTOS, SheetPhoto().uuid).parent.iterdir()) == []


def test_a_workshop_holds_sixty_photos(workshop, alice, now):
    kept(workshop, alice, now, 60)
    with pytest.raises(PhotosRefused, match="60 photos"):
        kept(workshop, alice, now)


def test_the_clock_deletes_photos_whose_day_has_come_file_and_row(workshop, alice, now, django_capture_on_commit_callbacks):
    first, second, third = kept(workshop, alice, now, 3)
    change_photo_date(photo=second, delete_on=dt.date(2027, 2, 1), by=alice, now=now)
    path_of(PHOTOS, third.uuid).unlink()  # a file that went before its row is no trouble
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_old_photos(now=now + dt.timedelta(days=29)) == 0
    assert SheetPhoto.objects.count() == 3
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_old_photos(now=now + dt.timedelta(days=30)) == 2
    assert list(SheetPhoto.objects.all()) == [second]
    assert not path_of(PHOTOS, first.uuid).exists()
    assert path_of(PHOTOS, second.uuid).is_file()


def test_the_clock_deletes_files_that_no_row_knows_once_they_have_settled(workshop, alice):
    [photo] = kept(workshop, alice, timezone.now())
    stray = SheetPhoto().uuid
    keep(PHOTOS, stray, b"left by a crash")
    delete_old_photos(now=timezone.now())
    assert path_of(PHOTOS, stray).is_file()
    delete_old_photos(now=timezone.now() + dt.timedelta(hours=2))
    assert not path_of(PHOTOS, stray).exists()
    assert path_of(PHOTOS, photo.uuid).is_file()


def test_after_a_restore_photos_without_a_file_are_forgotten(workshop, alice, now):
    first, second = kept(workshop, alice, now, 2)
    path_of(PHOTOS, first.uuid).unlink()
    assert drop_lost_photos() == 1
    assert list(SheetPhoto.objects.all()) == [second]


@pytest.mark.parametrize("day", [dt.date(2026, 11, 22), dt.date(2026, 11, 1), dt.date(2027, 11, 22)])
def test_a_day_past_or_too_far_is_refused(workshop, alice, now, day):
    [photo] = kept(workshop, alice, now)
    with pytest.raises(PhotosRefused):
        change_photo_date(photo=photo, delete_on=day, by=alice, now=now)


# --- Pages ------------------------------------------------------------------------------------------------------


def url(workshop, more=""):
    return f"/territoires/{workshop.territory.slug}/ateliers/{workshop.pk}/photos/{more}"


def upload(name="feuille.jpg", content=None):
    return SimpleUploadedFile(name, picture(40, 30) if content is None else content, "image/jpeg")


def test_several_photos_are_added_at_once_with_their_question(workshop, alice, as_user, question):
    client = as_user(alice)
    answer = client.post(url(workshop), {"taken": [upload()], "chosen": [upload("a.jpg"), upload("b.jpg")], "question": question.pk})
    assert answer.status_code == 302
    assert SheetPhoto.objects.filter(workshop=workshop, question=question).count() == 3
    page = client.get(url(workshop)).content.decode()
    assert "3 photos" in page
    assert "Effacer maintenant" in page
    assert 'accept="image/*" capture="environment"' in page.replace(' class="t-drop"', "")


def test_a_file_that_is_no_photo_is_named_and_nothing_is_kept(workshop, alice, as_user):
    page = as_user(alice).post(url(workshop), {"chosen": [upload(), upload("liste.jpg", b"nom;adresse")]}).content.decode()
    assert "liste.jpg : Ce fichier n’est pas une photo" in page
    assert SheetPhoto.objects.count() == 0


def test_nothing_chosen_is_said(workshop, alice, as_user):
    assert "Choisissez au moins une photo." in as_user(alice).post(url(workshop), {}).content.decode()


def test_a_photo_is_the_teams_and_no_cache_keeps_it(workshop, alice, bob, dora, as_user, now):
    [photo] = kept(workshop, alice, now)
    answer = as_user(alice).get(url(workshop, f"{photo.uuid}/"))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.content == path_of(PHOTOS, photo.uuid).read_bytes()
    assert [as_user(person).get(url(workshop, f"{photo.uuid}/")).status_code for person in (bob, dora)] == [404, 404]
    assert as_user(None).get(url(workshop, f"{photo.uuid}/")).status_code == 302
    path_of(PHOTOS, photo.uuid).unlink()
    assert as_user(alice).get(url(workshop, f"{photo.uuid}/")).status_code == 404


def test_a_photo_of_another_workshop_is_not_there(workshop, alice, as_user, now):
    [photo] = kept(workshop, alice, now)
    other = Workshop.objects.create(territory=workshop.territory, group=workshop.group, held_on=dt.date(2026, 11, 1))
    for page in ("", "effacer/", "date/"):
        assert as_user(alice).post(url(other, f"{photo.uuid}/{page}")).status_code in (404, 405)
    assert SheetPhoto.objects.count() == 1


def test_erasing_asks_first(workshop, alice, as_user, now, django_capture_on_commit_callbacks):
    [photo] = kept(workshop, alice, now)
    page = as_user(alice).get(url(workshop, f"{photo.uuid}/effacer/")).content.decode()
    assert "disparaît tout de suite" in page
    assert SheetPhoto.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        as_user(alice).post(url(workshop, f"{photo.uuid}/effacer/"))
    assert SheetPhoto.objects.count() == 0
    assert not path_of(PHOTOS, photo.uuid).exists()


def test_the_day_is_changed_on_the_page(workshop, alice, as_user):
    [photo] = kept(workshop, alice, timezone.now())
    wanted = timezone.localdate() + dt.timedelta(days=60)
    page = as_user(alice).post(url(workshop, f"{photo.uuid}/date/"), {"delete_on": f"{wanted:%Y-%m-%d}"}, follow=True).content.decode()
    photo.refresh_from_db()
    assert photo.delete_on == wanted
    assert "La photo s’effacera le" in page
    assert (
        "Choisissez un jour entre demain"
        in as_user(alice).post(url(workshop, f"{photo.uuid}/date/"), {"delete_on": "2099-01-01"}, follow=True).content.decode()
    )


def test_the_photos_of_the_chosen_workshop_stand_beside_the_fast_entry(workshop, alice, as_user, now):
    [photo] = kept(workshop, alice, now)
    entry = f"/territoires/{workshop.territory.slug}/saisie/"
    client = as_user(alice)
    assert str(photo.uuid) in client.get(entry, {"workshop": workshop.pk}).content.decode()
    assert str(photo.uuid) not in client.get(entry).content.decode()
    assert str(photo.uuid) in client.post(entry, {"workshop": workshop.pk, "lines": ""}).content.decode()
    part = client.get(f"{entry}photos/", {"workshop": workshop.pk}).content.decode()
    assert str(photo.uuid) in part
    assert "<html" not in part
    for odd in ("", "x", "9" * 30, "-1"):
        assert str(photo.uuid) not in client.get(f"{entry}photos/", {"workshop": odd}).content.decode()
        assert client.get(entry, {"workshop": odd}).status_code == 200


def test_a_workshop_of_another_territory_shows_no_photo(workshop, alice, dora, other_territory, as_user, now):
    [photo] = kept(workshop, alice, now)
    part = as_user(dora).get(f"/territoires/{other_territory.slug}/saisie/photos/", {"workshop": workshop.pk})
    assert str(photo.uuid) not in part.content.decode()


def test_the_page_takes_the_same_queries_for_one_photo_and_for_three(workshop, alice, as_user, now):
    client = as_user(alice)
    counted = []
    for count in (1, 2):
        kept(workshop, alice, now, count)
        client.get(url(workshop))
        with CaptureQueriesContext(connection) as queries:
            client.get(url(workshop))
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_photos_follow_the_order_of_the_questions(workshop, alice, as_user, now, territory):
    second = Question.objects.get(territory=territory, code="ACT")
    first = Question.objects.get(territory=territory, code="WB")
    for question in (None, second, first):
        add_photos(workshop=workshop, photos=[clean(picture(40, 30))], question=question, by=alice, now=now)
    page = as_user(alice).get(url(workshop)).content.decode()
    page = page[page.index("v-photos") :]
    assert page.index(str(first)) < page.index(str(second)) < page.index("plusieurs questions")
