"""`tissage invite`, `reset_second_factor`, `verify_journal`: what scripts rely on."""

import json

import pytest
from django.core.management import call_command

from tissage.people.models import Entry, Invitation
from tissage.people.operations import find_invitation, record, seal_journal
from tissage.people.triggers import JOURNAL


@pytest.fixture
def run(capsys):
    """Runs a command with --json; gives (exit status, JSON, standard error)."""

    def call(*arguments):
        try:
            call_command(*arguments, "--json")
            status = 0
        except SystemExit as ending:
            status = ending.code
        said = capsys.readouterr()
        return status, json.loads(said.out), said.err

    return call


def test_the_first_account_comes_from_a_printed_link(territory, run, client, mailoutbox):
    status, said, _ = run("invite", "Zoe@Example.org", "--territory", "sormont", "--role", "coordinator", "--name", "Zoé")
    token = said["link"].rstrip("/").rsplit("/", 1)[1]
    assert status == 0
    assert said == {
        "email": "zoe@example.org",
        "territory": "sormont",
        "role": "coordinator",
        "link": f"http://127.0.0.1:8000/invitation/{token}/",
    }
    assert find_invitation(token).territory == territory
    assert 'value="Zoé"' in client.get(f"/invitation/{token}/").content.decode()
    assert mailoutbox == []


def test_an_administrator_may_have_no_territory(db, run):
    status, said, _ = run("invite", "zoe@example.org", "--administrator")
    assert (status, said["territory"], said["role"]) == (0, None, None)
    assert Invitation.objects.get().makes_administrator


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["zoe@example.org", "--territory", "nowhere", "--role", "reader"],
            "Le territoire « nowhere » n’existe pas. Territoires connus : sormont.",
        ),
        (["zoe@example.org", "--territory", "sormont"], "Précisez --role : coordinator, facilitator ou reader."),
        (["zoe@example.org"], "Précisez --territory SLUG et --role, ou --administrator"),
        (["zoe", "--territory", "sormont", "--role", "reader"], "« zoe » n’est pas une adresse e-mail."),
        (["bob@example.org", "--territory", "sormont", "--role", "reader"], "bob@example.org a déjà un rôle dans ce territoire"),
    ],
)
def test_an_invitation_that_cannot_be_says_why(arguments, words, territory, bob, run):
    status, said, messages = run("invite", *arguments)
    assert status == 1
    assert said["error"].startswith(words)
    assert words in messages
    assert not Invitation.objects.exists()


def test_a_lost_second_factor_is_reset_on_the_console(bob, give_second_factor, run, sent):
    give_second_factor(bob)
    with sent() as letters:
        assert run("reset_second_factor", "Bob@example.org")[:2] == (0, {"email": "bob@example.org", "removed": 1})
    assert "La personne qui exploite Tissage" in letters[0].body
    assert Entry.objects.get(verb="people.reset_second_factor").actor is None
    status, said, _ = run("reset_second_factor", "bob@example.org")
    assert (status, said["error"]) == (1, "Ce compte n’a pas de deuxième facteur : il n’y a rien à réinitialiser.")
    assert run("reset_second_factor", "nobody@example.org")[0] == 1


def test_a_journal_is_verified_from_the_console(territory, run, now, django_db_blocker):
    from datetime import timedelta

    from django.db import connection

    seal_journal(now=now + timedelta(hours=1))
    record(verb="people.change_settings", by=None, territory=territory, now=now)
    status, said, _ = run("verify_journal")
    assert (status, said["faults"], said["triggers"], said["entries"] - said["sealed"]) == (0, [], True, 1)
    JOURNAL.remove(connection)
    Entry.objects.filter(pk=Entry.objects.order_by("pk").first().pk).update(verb="altered")
    status, said, messages = run("verify_journal")
    assert (status, len(said["faults"]), said["triggers"]) == (1, 1, False)
    assert "contenu ou ordre changé" in messages
    JOURNAL.install(connection)
