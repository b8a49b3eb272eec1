"""Letters: what a name holds never becomes a header, and never keeps the letter from leaving."""

from __future__ import annotations

import pytest

from tissage.people.mail import send_letter


@pytest.mark.django_db
@pytest.mark.parametrize("break_", ["\r", "\n", "\r\n", "\u2028"])
def test_a_name_with_a_line_break_is_one_line_of_a_subject(db, break_, mailoutbox, django_capture_on_commit_callbacks):
    plan = {"name": f"Plan{break_}Bcc: elsewhere@evil.example"}
    link = {"plan": {**plan, "territory": {"name": "Sormont"}}, "expires_on": None}
    with django_capture_on_commit_callbacks(execute=True):
        send_letter("reports/mail/reader_link", to="anne@example.org", language="fr", link=link, by={"name": "Erin"}, address="https://x/")
    [letter] = mailoutbox
    assert len(letter.subject.splitlines()) == 1
    assert (letter.to, letter.bcc, letter.cc) == (["anne@example.org"], [], [])
    assert "elsewhere" not in str(letter.message()["Bcc"])
