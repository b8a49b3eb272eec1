"""Questions read aloud: checked by their first bytes, heard by the team and by the phones of their hall, kept until deleted."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.voices.halls import open_room
from tissage.people.exchange.kept_files import RECORDINGS, path_of
from tissage.people.models import Entry
from tissage.voices.exchange.sounds import MOST_BYTES, sound_type
from tissage.voices.models import Recording
from tissage.voices.operations.recordings import delete_recording, delete_stray_recordings, keep_recording
from tissage.voices.operations.workshops import close_workshop
from tissage.voices.queries.recordings import recording_for

OGG = b"OggS" + b"\0" * 60
SOUNDS = {
    "audio/webm": b"\x1aE\xdf\xa3" + b"\0" * 60,
    "audio/ogg": OGG,
    "audio/mpeg": b"ID3\x04" + b"\0" * 60,
    "audio/mp4": b"\0\0\0\x1cftypM4A " + b"\0" * 60,
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 60,
}


@pytest.fixture
def room(territory, alice):
    return open_room(territory, alice)


def url(room, more=""):
    workshop = room.hall.workshop
    return f"/territoires/{workshop.territory.slug}/ateliers/{workshop.pk}/voix/{more}"


def sent(room, content=OGG, language="fr", name="question.ogg", round_=None):
    return {"round": (round_ or room.first).pk, "language": language, "sound": SimpleUploadedFile(name, content)}


@pytest.mark.parametrize("kind", SOUNDS)
def test_a_sound_is_known_by_its_first_bytes(kind, room, alice, as_user):
    assert sound_type(SOUNDS[kind][:16]) == kind
    as_user(alice).post(url(room), sent(room, SOUNDS[kind], name="page.html"))
    assert Recording.objects.get().content_type == kind


def test_raw_mpeg_frames_are_a_sound():
    assert sound_type(b"\xff\xfb\x90\x64") == "audio/mpeg"


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", b"RIFF\0\0\0\0WEBPVP8 ", b"x", b"\xff\xd8\xff\xe0 a photo"])
def test_what_is_no_sound_is_refused_in_words(content, room, alice, as_user):
    page = as_user(alice).post(url(room), sent(room, content, name="voix.mp3"), follow=True).content.decode()
    assert "n’est pas un son qui se lit ici" in page
    assert Recording.objects.count() == 0


def test_a_sound_too_heavy_is_refused(room, alice, as_user):
    page = as_user(alice).post(url(room), sent(room, OGG + b"\0" * MOST_BYTES), follow=True).content.decode()
    assert "plus de 2 Mo" in page
    assert Recording.objects.count() == 0


def test_the_team_hears_what_it_recorded(room, alice, bob, dora, as_user):
    client = as_user(alice)
    client.post(url(room), sent(room))
    recording = Recording.objects.get()
    page = client.get(url(room)).content.decode()
    assert f"/voix/{recording.uuid}/" in page
    answer = client.get(url(room, f"{recording.uuid}/"))
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("audio/ogg", "private, no-store")
    assert answer.content == OGG
    assert [as_user(person).get(url(room, f"{recording.uuid}/")).status_code for person in (bob, dora)] == [404, 404]
    assert Entry.objects.get(verb="voices.keep_recording").fields == ["fr"]


def test_a_new_recording_replaces_the_one_before_at_a_new_address(room, alice, now, django_capture_on_commit_callbacks):
    given = {"round": room.first, "language": "fr", "content_type": "audio/ogg", "by": alice, "now": now}
    first = keep_recording(content=OGG, **given)
    with django_capture_on_commit_callbacks(execute=True):
        second = keep_recording(content=OGG + b"2", **given)
    assert list(Recording.objects.all()) == [second]
    assert not path_of(RECORDINGS, first.uuid).exists()
    assert path_of(RECORDINGS, second.uuid).read_bytes() == OGG + b"2"


def test_each_language_has_its_own(room, alice, now):
    for language in ("fr", "ar"):
        keep_recording(round=room.first, language=language, content=OGG, content_type="audio/ogg", by=alice, now=now)
    assert Recording.objects.count() == 2


def test_deleting_asks_first(room, alice, as_user, now, django_capture_on_commit_callbacks):
    recording = keep_recording(round=room.first, language="fr", content=OGG, content_type="audio/ogg", by=alice, now=now)
    client = as_user(alice)
    assert "Effacer cette lecture ?" in client.get(url(room, f"{recording.uuid}/effacer/")).content.decode()
    assert Recording.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url(room, f"{recording.uuid}/effacer/"))
    assert Recording.objects.count() == 0
    assert not path_of(RECORDINGS, recording.uuid).exists()


def test_closing_the_workshop_keeps_the_voice_of_the_team(room, alice, now):
    recording = keep_recording(round=room.first, language="fr", content=OGG, content_type="audio/ogg", by=alice, now=now)
    close_workshop(workshop=room.hall.workshop, by=alice, now=now)
    assert Recording.objects.get() == recording
    assert path_of(RECORDINGS, recording.uuid).is_file()


def test_phones_are_given_the_recordings_of_their_hall_only(room, territory, alice, now):
    recording = keep_recording(round=room.first, language="fr", content=OGG, content_type="audio/ogg", by=alice, now=now)
    other = open_room(territory, alice, "Aînés du parc")
    assert recording_for(room.hall, recording.uuid) == (path_of(RECORDINGS, recording.uuid), "audio/ogg")
    assert recording_for(other.hall, recording.uuid) is None
    assert recording_for(room.hall, uuid.uuid4()) is None
    path_of(RECORDINGS, recording.uuid).unlink()
    assert recording_for(room.hall, recording.uuid) is None


def test_a_question_of_another_hall_takes_no_recording(room, territory, alice, as_user):
    other = open_room(territory, alice, "Aînés du parc")
    assert as_user(alice).post(url(room), sent(room, round_=other.first)).status_code == 404
    assert as_user(alice).post(url(room), sent(room, language="zz")).status_code == 404
    assert as_user(alice).post(url(room), {"round": "x"}).status_code == 404
    assert Recording.objects.count() == 0


def test_files_whose_question_is_gone_go_too(room, alice):
    recording = keep_recording(round=room.first, language="fr", content=OGG, content_type="audio/ogg", by=alice, now=timezone.now())
    Recording.objects.all().delete()
    assert delete_stray_recordings(now=timezone.now()) == 0
    assert delete_stray_recordings(now=timezone.now() + dt.timedelta(hours=2)) == 1
    assert not path_of(RECORDINGS, recording.uuid).exists()


def test_deleting_is_journalled(room, alice, now):
    recording = keep_recording(round=room.first, language="fr", content=OGG, content_type="audio/ogg", by=alice, now=now)
    delete_recording(recording=recording, by=alice, now=now)
    assert Entry.objects.filter(verb="voices.delete_recording", actor=alice).count() == 1


def test_a_workshop_without_a_hall_says_what_comes_first(territory, group, alice, as_user):
    workshop = group.workshops.create(territory=territory, held_on=dt.date(2026, 11, 20))
    page = as_user(alice).get(f"/territoires/{territory.slug}/ateliers/{workshop.pk}/voix/").content.decode()
    assert "D’abord la salle" in page
