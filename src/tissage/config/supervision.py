"""Running the server, the background worker and the scheduler as one, and stopping them as one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from types import FrameType

GRACE_SECONDS = 10
RESTART_PAUSE_SECONDS = 2


def server_command(host: str, port: int) -> list[str]:
    """granian over WSGI, two workers of four threads: measured best for synchronous views."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "tissage.config.wsgi:application",
    ]  # fmt: skip


def manage_command(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "tissage.config.cli", name, *arguments]


class Stopped(Exception):
    """Somebody asked to stop (Ctrl-C, or a service manager)."""


def run_together(commands: Mapping[str, list[str]], *, essential: str) -> int:
    """Runs the commands until told to stop, or until the essential one ends. A helper that dies is started again."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Stopped

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tissage.config.settings", "PYTHONUNBUFFERED": "1"}
    # A process group of its own, so that Ctrl-C reaches the children through us only, in order.
    running = {name: subprocess.Popen(command, env=environment, start_new_session=True) for name, command in commands.items()}
    try:
        while running[essential].poll() is None:
            for name, process in running.items():
                if name != essential and process.poll() is not None:
                    time.sleep(RESTART_PAUSE_SECONDS)
                    running[name] = subprocess.Popen(commands[name], env=environment, start_new_session=True)
            time.sleep(0.5)
        return running[essential].returncode or 0
    except Stopped:
        return 0
    finally:
        for process in running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in running.values():
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
