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


def test_nothing_that_init_makes_can_be_read_by_others(tissage):
    """The database holds what residents said: on a shared machine it is for the account that runs Tissage alone."""
    assert tissage("init").code == 0
    others = {str(path): oct(path.stat().st_mode) for path in [tissage.home, *tissage.home.rglob("*")] if path.stat().st_mode & 0o077}
    assert others == {}


@pytest.mark.parametrize("name", ["secret-key.txt", pytest.param("tissage.sqlite3", marks=pytest.mark.sqlite_only)])
def test_check_sees_a_file_that_others_can_read(tissage, name):
    tissage.prepare()
    (tissage.home / name).chmod(0o644)
    answer = tissage("check", "--json")
    assert answer.code == 0
    assert [trouble["remedy"] for trouble in answer.json["troubles"]] == [f"chmod 600 {tissage.home / name}"]


@pytest.mark.parametrize("url", ["postgres://town:tr3s-s3cret@127.0.0.1:1/absent", "nosuch://town:tr3s-s3cret@127.0.0.1/x"])
def test_the_password_of_a_database_is_never_printed(tissage, url):
    """Whether the address leads nowhere, or cannot be read at all."""
    answer = tissage("check", "--json", DATABASE_URL=url)
    assert answer.code != 0
    assert "tr3s-s3cret" not in answer.out + answer.err
    assert "Traceback" not in answer.err


def test_serve_refuses_an_installation_that_is_not_prepared(tissage):
    answer = tissage("serve")
    assert answer.code == 1
    assert "tissage init" in answer.err


@pytest.mark.parametrize("command", ["init", "check", "serve", "demo", "backup", "restore", "invite"])
def test_every_command_has_a_help_page(tissage, command):
    answer = tissage(command, "--help")
    assert answer.code == 0
    assert "usage" in answer.out
