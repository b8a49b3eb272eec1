import stat

import pytest


def test_init_prepares_a_folder_that_check_finds_in_order_and_may_run_twice(tissage):
    tissage.home.mkdir()
    (tissage.home / "something-else.txt").write_text("kept")
    first = tissage("init", "--json")
    assert first.code == 0, first.err
    secret = (tissage.home / "secret-key.txt").read_text()
    assert stat.S_IMODE((tissage.home / "secret-key.txt").stat().st_mode) == 0o600
    second = tissage("init", "--json")
    assert second.json["done"] == []
    assert (tissage.home / "secret-key.txt").read_text() == secret
    assert (tissage.home / "something-else.txt").read_text() == "kept"
    answer = tissage("check", "--json")
    assert (answer.code, answer.json) == (0, {"ok": True, "troubles": []})


def test_check_names_the_trouble_and_the_remedy(tissage):
    answer = tissage("check", "--json")
    assert answer.code == 1
    assert answer.json["ok"] is False
    assert all(trouble["what"] and trouble["remedy"] for trouble in answer.json["troubles"])
    assert "tissage init" in answer.err


def test_check_sees_a_secret_that_others_can_read(tissage):
    tissage.prepare()
    (tissage.home / "secret-key.txt").chmod(0o644)
    answer = tissage("check", "--json")
    assert answer.code == 0
    assert [trouble["remedy"] for trouble in answer.json["troubles"]] == [f"chmod 600 {tissage.home / 'secret-key.txt'}"]


def test_serve_refuses_an_installation_that_is_not_prepared(tissage):
    answer = tissage("serve")
    assert answer.code == 1
    assert "tissage init" in answer.err


@pytest.mark.parametrize("command", ["init", "check", "serve", "demo", "backup", "restore", "invite"])
def test_every_command_has_a_help_page(tissage, command):
    answer = tissage(command, "--help")
    assert answer.code == 0
    assert "usage" in answer.out
