import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.people.cipher import KeyRing, KeyRingUnreadable, Undecipherable, ensure_key_ring, key_ring

RING = KeyRing(current="b", keys={"a": b"1" * 32, "b": b"2" * 32})


@given(st.text(), st.text())
def test_what_was_encrypted_reads_back_at_its_place(text, place):
    assert RING.decrypt(RING.encrypt(text, place=place), place=place) == text


def test_the_token_names_its_key_and_hides_the_text():
    token = RING.encrypt("CANARY", place="mfa:1")
    assert token.split(".")[:2] == ["t1", "b"]
    assert "CANARY" not in token
    assert RING.encrypt("CANARY", place="mfa:1") != token


def test_a_ciphertext_moved_elsewhere_does_not_open():
    with pytest.raises(Undecipherable):
        RING.decrypt(RING.encrypt("secret", place="mfa:1"), place="mfa:2")


def test_an_altered_ciphertext_does_not_open():
    token = RING.encrypt("secret", place="mfa:1")
    altered = token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]
    for wrong in (altered, token.replace(".b.", ".a."), token.replace(".b.", ".z."), "clear text", "", "t1.b", "t0" + token[2:]):
        with pytest.raises(Undecipherable):
            RING.decrypt(wrong, place="mfa:1")


def test_a_new_key_beside_the_old_reads_what_the_old_one_wrote():
    before = KeyRing(current="a", keys={"a": b"1" * 32})
    assert RING.decrypt(before.encrypt("secret", place="here"), place="here") == "secret"


def test_the_ring_is_made_once_for_its_owner_only(tmp_path, settings):
    home = tmp_path / "home"
    home.mkdir()
    assert ensure_key_ring(home)
    written = (home / "keys.json").read_text()
    assert stat.S_IMODE((home / "keys.json").stat().st_mode) == 0o600
    assert not ensure_key_ring(home)
    assert (home / "keys.json").read_text() == written
    settings.TISSAGE_HOME = home
    assert list(key_ring().keys) == [json.loads(written)["current"]]


def test_the_ring_may_be_given_elsewhere(tmp_path, settings, monkeypatch):
    vault, home = tmp_path / "vault", tmp_path / "home"
    vault.mkdir()
    home.mkdir()
    ensure_key_ring(vault)
    monkeypatch.setenv("TISSAGE_KEYS", str(vault / "keys.json"))
    settings.TISSAGE_HOME = home
    assert not ensure_key_ring(home)
    assert not (home / "keys.json").exists()
    assert key_ring().current in json.loads((vault / "keys.json").read_text())["keys"]


@pytest.mark.parametrize("content", [None, "", "[]", '{"current": "a", "keys": {}}', '{"current": "a", "keys": {"a": "dHJvcCBjb3VydA=="}}'])
def test_a_ring_that_is_absent_or_spoilt_is_said(content, tmp_path, settings):
    settings.TISSAGE_HOME = tmp_path / "elsewhere"
    settings.TISSAGE_HOME.mkdir()
    if content is not None:
        (settings.TISSAGE_HOME / "keys.json").write_text(content)
    with pytest.raises(KeyRingUnreadable, match="trousseau"):
        key_ring()
