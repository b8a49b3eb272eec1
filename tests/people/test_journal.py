import csv
import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tissage.people.exchange.journal_csv import journal_csv
from tissage.people.journal import in_words
from tissage.people.models import Entry, Seal
from tissage.people.operations import change_name, invite, record, seal_journal, verify_journal
from tissage.people.triggers import JOURNAL

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def lines(erin, territory, now):
    """Three lines beside those of the territory's own making."""
    return [record(verb="people.change_settings", by=erin, territory=territory, on=territory, fields=["name"], now=now) for _ in range(3)]


@pytest.fixture
def without_triggers(db):
    """What somebody with the database's own password may do."""
    JOURNAL.remove(connection)
    yield
    JOURNAL.install(connection)


def test_a_line_is_neither_changed_nor_erased(lines):
    for act in (
        lambda: Entry.objects.filter(pk=lines[0].pk).update(verb="nothing"),
        lambda: Entry.objects.filter(pk=lines[0].pk).delete(),
        lines[1].save,
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    assert Entry.objects.get(pk=lines[0].pk).verb == "people.change_settings"


def test_a_seal_is_neither_changed_nor_erased(lines, now):
    seal_journal(now=now + HOUR)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Seal.objects.update(hash="0")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Seal.objects.all().delete()


def test_the_triggers_stand_after_migrating(db):
    assert JOURNAL.is_in_place(connection)
    JOURNAL.install(connection)
    assert JOURNAL.is_in_place(connection)


@pytest.mark.django_db(transaction=True)
def test_emptying_the_whole_database_takes_the_journal_and_keeps_its_triggers(now):
    record(verb="people.change_settings", by=None, territory=None, now=now)
    call_command("flush", interactive=False, verbosity=0)
    assert not Entry.objects.exists()
    assert JOURNAL.is_in_place(connection)


def test_a_journal_left_alone_is_whole(lines, now):
    total = Entry.objects.count()
    assert seal_journal(now=now + HOUR) == total
    assert seal_journal(now=now + HOUR) == 0
    record(verb="people.change_settings", by=None, territory=None, now=now)
    assert seal_journal(now=now + HOUR) == 1
    assert list(verify_journal()) == []


def test_seals_are_chained(lines, now):
    seal_journal(now=now + HOUR)
    record(verb="people.change_settings", by=None, territory=None, now=now)
    seal_journal(now=now + HOUR)
    first, second = Seal.objects.order_by("pk")
    assert second.previous_hash == first.hash
    assert first.count == Entry.objects.filter(pk__range=(first.first_entry, first.last_entry)).count()


def test_lines_too_young_wait_for_the_next_seal(lines, now):
    assert seal_journal(now=now) == 0
    assert seal_journal(now=now + dt.timedelta(minutes=11)) == Entry.objects.count()


@pytest.mark.usefixtures("without_triggers")
@pytest.mark.parametrize("field", ["verb", "object_label", "object_id", "object_type"])
def test_an_altered_line_is_found(field, lines, now):
    seal_journal(now=now + HOUR)
    Entry.objects.filter(pk=lines[1].pk).update(**{field: "altered"})
    assert [fault.missing for fault in verify_journal()] == [0]


@pytest.mark.usefixtures("without_triggers")
def test_an_altered_person_date_or_number_is_found(lines, now, bob):
    seal_journal(now=now + HOUR)
    for change in ({"actor": bob}, {"at": now + HOUR}, {"numbers": {"criteria": 1}}, {"fields": ["visibility"]}, {"territory": None}):
        with transaction.atomic():
            Entry.objects.filter(pk=lines[1].pk).update(**change)
            assert len(list(verify_journal())) == 1
            transaction.set_rollback(True)
    assert list(verify_journal()) == []


@pytest.mark.usefixtures("without_triggers")
def test_a_missing_line_is_found_wherever_it_stood(lines, now):
    seal_journal(now=now + HOUR)
    for gone in (Entry.objects.order_by("pk").first(), lines[1], Entry.objects.order_by("pk").last()):
        with transaction.atomic():
            Entry.objects.filter(pk=gone.pk).delete()
            faults = list(verify_journal())
            assert [fault.missing for fault in faults] == [1]
            assert "il en manque 1" in str(faults[0])
            transaction.set_rollback(True)


@pytest.mark.usefixtures("without_triggers")
def test_a_seal_taken_away_is_found(lines, now):
    for _ in range(3):
        record(verb="people.change_settings", by=None, territory=None, now=now)
        seal_journal(now=now + HOUR)
    Seal.objects.order_by("pk")[1].delete()
    assert list(verify_journal())


@pytest.mark.usefixtures("without_triggers")
def test_one_fault_does_not_accuse_the_lines_after_it(lines, now):
    seal_journal(now=now + HOUR)
    record(verb="people.change_settings", by=None, territory=None, now=now)
    seal_journal(now=now + HOUR)
    Entry.objects.filter(pk=lines[0].pk).update(verb="altered")
    assert len(list(verify_journal())) == 1


def test_a_person_is_named_as_today(territory, erin, bob, now):
    invite(email="zoe@example.org", role="reader", territory=territory, by=erin, now=now)
    change_name(user=erin, name="Érine", now=now)
    (line,) = in_words(Entry.objects.filter(verb="people.invite"))
    assert str(line) == "Érine a invité zoe@example.org"
    assert line.details == "lecture"
    assert Entry.objects.get(verb="people.invite").object_label == ""


def test_an_act_without_a_person_is_the_command_line(territory):
    (line,) = in_words(Entry.objects.filter(verb="people.create_territory"))
    assert str(line) == "La ligne de commande a créé le territoire Sormont"


def test_a_verb_without_words_is_shown_as_it_is(territory, erin, now):
    (line,) = in_words([record(verb="elsewhere.act", by=erin, territory=territory, now=now)])
    assert line.sentence == "elsewhere.act"


def test_fields_are_named_as_their_forms_name_them(territory, erin, now):
    entry = record(
        verb="people.change_settings", by=erin, territory=territory, on=territory, fields=["visibility", "suppression_threshold"], now=now
    )
    (line,) = in_words([entry])
    assert line.details == "seuil des petits groupes, page du territoire"


def test_words_cost_the_same_for_one_line_and_for_three(territory, erin, now, django_assert_num_queries):
    record(verb="people.create_account", by=erin, territory=territory, on=erin, now=now)
    with django_assert_num_queries(2):
        in_words(Entry.objects.filter(territory=territory, verb="people.create_account").select_related("actor"))
    for _ in range(2):
        record(verb="people.create_account", by=erin, territory=territory, on=erin, now=now)
    with django_assert_num_queries(2):
        in_words(Entry.objects.filter(territory=territory, verb="people.create_account").select_related("actor"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_cell_of_the_journal_can_be_a_formula(start, territory, erin, now):
    erin.name = f"{start}1+1"
    erin.save()
    record(verb="people.invite", by=erin, territory=territory, now=now)
    rows = list(csv.reader(io.StringIO("".join(journal_csv(Entry.objects.all()))[1:], newline=""), delimiter=";"))
    assert [cell for row in rows for cell in row if cell[:1] and cell[0] in "=+-@\t\r"] == []


def proof_of(territory) -> list[str]:
    from tissage.people.exchange.journal_proof import journal_proof

    return "".join(journal_proof(territory)).splitlines()


def test_a_file_taken_from_the_journal_is_checked_without_the_site(lines, territory, dora, other_territory, now):
    from tissage.core.journal_chain import check_file

    record(verb="people.change_settings", by=dora, territory=other_territory, on=other_territory, fields=["canari-secret"], now=now)
    seal_journal(now=now + HOUR)
    taken = proof_of(territory)
    checked = check_file(taken)
    assert (checked.faults, checked.last_seal) == ((), Seal.objects.latest("pk").hash)
    assert checked.shown == Entry.objects.filter(territory=territory).count()
    assert checked.hidden == Entry.objects.exclude(territory=territory).count()
    assert "canari-secret" not in "".join(taken)


def test_a_line_changed_or_taken_out_of_the_file_breaks_the_chain(lines, territory, now):
    from tissage.core.journal_chain import check_file

    seal_journal(now=now + HOUR)
    taken = proof_of(territory)
    assert check_file([line.replace('"name"', '"threshold"') for line in taken]).faults != ()
    target = next(number for number, line in enumerate(taken) if '"line"' in line)
    assert check_file(taken[:target] + taken[target + 1 :]).faults != ()
    assert check_file(taken).faults == ()


def test_what_is_no_journal_is_refused_with_its_line():
    from tissage.core.journal_chain import NotAJournalFile, check_file

    with pytest.raises(NotAJournalFile) as refusal:
        check_file(['{"journal": "tissage"}', "bonjour"])
    assert refusal.value.line == 2


def test_seals_of_the_first_scheme_are_still_verified(lines, now, without_triggers):
    from tissage.people.operations.journal import SEALED, _hash

    run = list(Entry.objects.order_by("pk").values(*SEALED))
    first, last = run[0]["pk"], run[-1]["pk"]
    digest = _hash("0" * 64, run, 1)
    Seal.objects.create(first_entry=first, last_entry=last, count=len(run), previous_hash="0" * 64, hash=digest, scheme=1, sealed_at=now)
    record(verb="people.change_settings", by=None, territory=None, now=now)
    seal_journal(now=now + HOUR)
    assert list(verify_journal()) == []
    Entry.objects.filter(pk=first).update(verb="altered")
    assert len(list(verify_journal())) == 1


def test_the_coordination_takes_the_sealed_journal_away_and_others_do_not(as_user, erin, alice, bob, territory, lines, now):
    from django.urls import reverse

    url = reverse("people:export_journal_proof", args=[territory.slug])
    assert b"".join(as_user(erin).post(url).streaming_content).startswith(b'{"journal"')
    assert [as_user(who).post(url).status_code for who in (alice, bob)] == [404, 404]


def test_the_command_checks_a_file_and_says_whether_the_site_knows_its_last_seal(lines, territory, now, tmp_path, capsys):
    import json

    seal_journal(now=now + HOUR)
    taken = tmp_path / "journal.jsonl"
    taken.write_text("\n".join(proof_of(territory)), encoding="utf-8")
    call_command("verify_journal", str(taken), "--json")
    assert json.loads(capsys.readouterr().out) | {"last_seal": ""} == {
        "shown": Entry.objects.filter(territory=territory).count(),
        "hidden": Entry.objects.exclude(territory=territory).count(),
        "seals": Seal.objects.count(),
        "last_seal": "",
        "faults": [],
        "known_here": True,
    }
    taken.write_text(taken.read_text(encoding="utf-8").replace("change_settings", "change_nothing"), encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("verify_journal", str(taken), "--json")
    assert "chaîne se rompt" in json.loads(capsys.readouterr().out)["error"]


def test_a_file_without_a_seal_proves_nothing_and_is_refused(lines, territory, tmp_path, capsys):
    import json

    taken = tmp_path / "journal.jsonl"
    for text in ("", "\n".join(proof_of(territory))):
        taken.write_text(text, encoding="utf-8")
        with pytest.raises(SystemExit):
            call_command("verify_journal", str(taken), "--json")
        assert "aucun scellé" in json.loads(capsys.readouterr().out)["error"]
