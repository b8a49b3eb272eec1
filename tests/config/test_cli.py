import os
import subprocess
import sys

from tissage.config.cli import command_line

KNOWN = {"import_wikispiral", "import_criteria", "parse_code", "init"}


def test_two_words_name_a_command():
    assert command_line(["import", "wikispiral", "page.txt", "--json"], KNOWN) == ["import_wikispiral", "page.txt", "--json"]


def test_a_dash_is_an_underscore():
    assert command_line(["parse-code", "A01"], KNOWN) == ["parse_code", "A01"]


def test_an_unknown_command_is_left_as_written_for_the_error_message():
    assert command_line(["tisser", "tout"], KNOWN) == ["tisser", "tout"]


def test_a_family_alone_lists_its_members(tissage):
    answer = tissage("import")
    assert answer.code == 1
    assert "tissage import wikispiral" in answer.err
    assert answer.out == ""


def test_production_refuses_to_start_without_hosts_and_says_what_to_do(tissage):
    answer = tissage("check", "--json", TISSAGE_ENV="production", TISSAGE_SECRET_KEY="s" * 50)
    assert answer.code == 1
    assert "TISSAGE_ALLOWED_HOSTS" in answer.json["error"]
    assert "Traceback" not in answer.err


def test_production_refuses_debug_and_a_default_secret(tissage):
    debug = tissage("check", TISSAGE_ENV="production", TISSAGE_DEBUG="1", TISSAGE_ALLOWED_HOSTS="a.example")
    assert (debug.code, "TISSAGE_DEBUG" in debug.err) == (1, True)
    secret = tissage("check", TISSAGE_ENV="production", TISSAGE_ALLOWED_HOSTS="a.example")
    assert (secret.code, "secrète" in secret.err) == (1, True)


def test_wrong_usage_under_json_is_json_too(tissage):
    answer = tissage("parse-code", "-A", "--json")
    assert answer.code == 2
    assert list(answer.json) == ["error"]
    assert "usage" in answer.err


def test_an_unknown_command_says_so_without_a_traceback(tissage):
    answer = tissage("tisser")
    assert answer.code == 1
    assert (answer.out, "tisser" in answer.err, "Traceback" in answer.err) == ("", True, False)


def test_production_keeps_every_cookie_to_secure_pages(tissage):
    """Read from the settings themselves, in a process of production."""
    code = (
        "from tissage.config import settings as s; print([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE,"
        " s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY, s.LANGUAGE_COOKIE_HTTPONLY, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 10**7])"
    )
    environment = {
        "TISSAGE_ENV": "production",
        "TISSAGE_ALLOWED_HOSTS": "a.example",
        "TISSAGE_SECRET_KEY": "x" * 50,
        "TISSAGE_HOME": str(tissage.home),
    }
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str([True] * 8)
