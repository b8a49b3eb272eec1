"""A backup takes everything; a restore brings it back after everything was lost."""

import shutil
import tarfile


def test_everything_is_lost_and_restored(tissage, tmp_path):
    tissage.prepare()
    invited = tissage("invite", "agnes@example.org", "--administrator", "--json")
    assert invited.code == 0, invited.err
    (tissage.home / "files" / "imports").mkdir(parents=True)
    (tissage.home / "files" / "imports" / "page.txt").write_text("paroles")
    secret = (tissage.home / "secret-key.txt").read_text()
    saved = tissage("backup", tmp_path / "saved.tissage", "--json")
    assert saved.code == 0, saved.err

    shutil.rmtree(tissage.home)
    restored = tissage("restore", tmp_path / "saved.tissage", "--json")

    assert restored.code == 0, restored.err
    assert (tissage.home / "files" / "imports" / "page.txt").read_text() == "paroles"
    assert (tissage.home / "secret-key.txt").read_text() == secret
    assert tissage("check", "--json").json == {"ok": True, "troubles": []}
    rows = tissage("shell", "-c", "from tissage.people.models import Invitation; print(Invitation.objects.get().email)", "-v", "0")
    assert rows.out.strip() == "agnes@example.org"


def test_a_restore_over_people_and_territories_asks_first(tissage, tmp_path):
    tissage.prepare()
    tissage("invite", "agnes@example.org", "--administrator")
    tissage("backup", tmp_path / "saved.tissage")
    tissage("shell", "-v", "0", "-c", "from tissage.people.models import User; User.objects.create_user('b@example.org', 'B')")
    answer = tissage("restore", tmp_path / "saved.tissage", "--json")
    assert (answer.code, answer.json) == (1, {"error": "Rien n’a été touché."})
    assert tissage("restore", tmp_path / "saved.tissage", "--yes", "--json").code == 0


def test_a_damaged_backup_is_refused_and_touches_nothing(tissage, tmp_path):
    tissage.prepare()
    tissage("backup", tmp_path / "saved.tissage")
    damaged = tmp_path / "damaged.tissage"
    damaged.write_bytes((tmp_path / "saved.tissage").read_bytes()[:-2000])
    before = {path.name: path.stat().st_mtime_ns for path in tissage.home.iterdir()}
    answer = tissage("restore", damaged, "--yes", "--json")
    assert answer.code == 1
    assert "abîmée" in answer.json["error"]
    assert {path.name: path.stat().st_mtime_ns for path in tissage.home.iterdir()} == before


def test_a_backup_never_overwrites_a_file(tissage, tmp_path):
    tissage.prepare()
    (tmp_path / "there").write_text("precious")
    answer = tissage("backup", tmp_path / "there", "--json")
    assert answer.code == 1
    assert (tmp_path / "there").read_text() == "precious"


def test_photos_of_sheets_are_in_no_backup_and_survive_a_restore_on_their_machine(tissage, tmp_path):
    """A photo has a day on which it is gone: a backup would keep it longer. Recordings hold the team's voice, and are kept."""
    tissage.prepare()
    files = tissage.home / "files"
    for folder in ("photos", "recordings"):
        (files / folder).mkdir(parents=True)
    kept, lost, other = (f"00000000-0000-4000-8000-00000000000{number}" for number in range(3))
    make = (
        "from tissage.people.models import *; from tissage.voices.models import *; from tissage.voices.operations import open_territory;"
        "import datetime as dt; from django.utils import timezone; now = timezone.now();"
        "t = open_territory(slug='s', name='S', now=now); g = HomogeneousGroup.objects.create(territory=t, name='G');"
        "w = Workshop.objects.create(territory=t, group=g, held_on=now.date());"
        f"[SheetPhoto.objects.create(uuid=one, workshop=w, width=1, height=1, added_at=now, delete_on=now.date()) for one in ('{kept}', '{lost}')]"
    )
    done = tissage("shell", "-v", "0", "-c", make)
    assert done.code == 0, done.err
    for name in (kept, lost):
        (files / "photos" / name).write_bytes(b"une feuille")
    (files / "recordings" / other).write_bytes(b"une voix")
    saved = tissage("backup", tmp_path / "saved.tissage", "--json")
    with tarfile.open(tmp_path / "saved.tissage") as tar:
        names = tar.getnames()
    assert [name for name in names if "photos" in name] == []
    assert f"files/recordings/{other}" in names
    assert saved.code == 0, saved.err

    (files / "photos" / lost).unlink()
    restored = tissage("restore", tmp_path / "saved.tissage", "--yes", "--json")

    assert restored.code == 0, restored.err
    assert (files / "photos" / kept).read_bytes() == b"une feuille"
    assert (files / "recordings" / other).read_bytes() == b"une voix"
    rows = tissage("shell", "-v", "0", "-c", "from tissage.voices.models import *; print([str(p.uuid) for p in SheetPhoto.objects.all()])")
    assert rows.out.strip() == str([kept])


def test_documents_of_the_network_are_in_the_backup_and_come_back_with_their_rows(tissage, tmp_path):
    tissage.prepare()
    make = (
        "from tissage.network.operations.documents import *; from tissage.voices.operations import open_territory;"
        "from django.utils import timezone; now = timezone.now(); t = open_territory(slug='s', name='S', now=now);"
        "keep_document(territory=t, title='', kind='', upload_name='avis.pdf', content=b'%PDF-1.7 avis', by=None, now=now)"
    )
    done = tissage("shell", "-v", "0", "-c", make)
    assert done.code == 0, done.err
    saved = tissage("backup", tmp_path / "saved.tissage", "--json")
    assert saved.code == 0, saved.err

    shutil.rmtree(tissage.home / "files")
    restored = tissage("restore", tmp_path / "saved.tissage", "--yes", "--json")

    assert restored.code == 0, restored.err
    read = "from tissage.network.models import Document as D; from tissage.network.operations.documents import *; print(read_document(D.objects.get()))"
    assert tissage("shell", "-v", "0", "-c", read).out.strip() == "b'%PDF-1.7 avis'"
