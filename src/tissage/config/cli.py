"""The console command `tissage`: Django's management commands under that name, never a traceback.

Two words may name a command (`tissage import wikispiral FILE` runs `import_wikispiral`), and a dash is an underscore
(`parse-code` runs `parse_code`), so that each app adds its own without a table here.
"""

from __future__ import annotations

import json
import os
import sys


def command_line(arguments: list[str], known: set[str]) -> list[str]:
    """Arguments as Django expects them: the words that name a command joined into one."""
    words = [argument.replace("-", "_") for argument in arguments[:2]]
    if len(words) == 2 and f"{words[0]}_{words[1]}" in known:
        return [f"{words[0]}_{words[1]}", *arguments[2:]]
    if words and words[0] in known:
        return [words[0], *arguments[1:]]
    return arguments


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tissage.config.settings")
    os.umask(0o077)  # database, files, backups, exports: what residents said is for the account that runs Tissage alone
    as_json = "--json" in sys.argv
    try:
        import django
        from django.core.management import execute_from_command_line, get_commands

        django.setup()
        arguments = command_line(sys.argv[1:], set(get_commands()))
        if len(arguments) == 1 and arguments[0] in ("import", "export"):
            families = sorted(name.replace("_", " ", 1) for name in get_commands() if name.startswith(arguments[0] + "_"))
            sys.exit("Précisez quoi : " + ", ".join(f"tissage {name}" for name in families))
        execute_from_command_line(["tissage", *arguments])
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("TISSAGE_DEBUG") == "1":
            raise
        message = f"{type(error).__name__} : {error}" if not str(error) or type(error).__module__ == "builtins" else str(error)
        if as_json:
            print(json.dumps({"error": message}, ensure_ascii=False))  # noqa: T201 - standard output is this command's product
        print(message, file=sys.stderr)  # noqa: T201
        sys.exit(1)


if __name__ == "__main__":
    main()
