"""The manners of our commands: with `--json`, standard output holds only the JSON; messages go to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Refusal(CommandError):
    """A refusal with its reasons as data: printed as JSON under `--json`, as words otherwise. Exit status 1."""

    def __init__(self, message: str, **payload: Any) -> None:
        super().__init__(message)
        self.payload = payload


class JsonCommand(BaseCommand):
    """A command whose result is a dictionary.

    Sub-classes write `answer(**options) -> dict`; `words(result)` says the same for a person.
    """

    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        plain: Callable[[str], NoReturn] = parser.error

        def error(message: str) -> NoReturn:
            if "--json" in sys.argv:
                self.print_json({"error": message})
            plain(message)

        parser.error = error  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="n’écrire que du JSON sur la sortie standard")

    def handle(self, *args: Any, **options: Any) -> None:
        as_json = options["json"]
        try:
            result = self.answer(**options)
        except Refusal as refusal:
            if as_json:
                self.print_json({"error": str(refusal), **refusal.payload})
            self.stderr.write(str(refusal))
            raise SystemExit(1) from None
        except CommandError as error:
            if as_json:
                self.print_json({"error": str(error)})
            self.stderr.write(str(error))
            raise SystemExit(1) from None
        if as_json:
            self.print_json(result)
        else:
            self.stdout.write(self.words(result))

    def print_json(self, value: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, default=str))

    def say(self, message: str) -> None:
        """A message for the person: always on standard error."""
        self.stderr.write(message)

    def answer(self, **options: Any) -> dict[str, Any]:
        raise NotImplementedError

    def words(self, result: dict[str, Any]) -> str:
        return json.dumps(result, ensure_ascii=False, indent=2, default=str)
