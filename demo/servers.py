"""The web server and the worker as children of one process, none of which outlives another."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

HOST = "127.0.0.1"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WEB_PATIENCE = 60  # seconds a slow machine may take to answer for the first time
ROOT_WARNING = "You're running the worker with superuser privileges"  # our tasks carry only ids
STOP_PATIENCE = 20  # seconds for work under way to finish


class Stopped(Exception):
    """Someone asked the demonstration to stop."""


class ServerEnded(Exception):
    """A server ended, or never answered, without being asked to."""


def stop_when_told() -> None:
    def stop(*_) -> None:
        ignore_signals()  # asked once is enough: what follows is the stopping
        raise Stopped

    for number in STOP_SIGNALS:
        signal.signal(number, stop)


def ignore_signals() -> None:
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def web_command(*, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "s117.wsgi", "--bind", f"{HOST}:{port}"),
        *("--workers", "1", "--threads", "8", "--log-level", "warning", "--no-control-socket"),
    ]


def worker_command() -> list[str]:
    return [
        *(sys.executable, "-W", f"ignore:{ROOT_WARNING}", "-m", "celery", "--quiet"),
        *("--app", "s117", "worker", "--beat"),
        *("--pool", "threads", "--concurrency", "2", "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle"),
    ]


@dataclass
class Servers:
    """A context that starts nothing by itself and stops whatever was started in it."""

    running: dict[str, subprocess.Popen] = field(default_factory=dict)

    def __enter__(self) -> "Servers":
        return self

    def __exit__(self, *_) -> None:
        ignore_signals()
        for child in self.running.values():
            _signal_group(child, signal.SIGTERM)
        for child in self.running.values():
            _wait_or_kill(child)

    def start(self, name: str, command: list[str]) -> None:
        """Start a child in a session of its own, so that Ctrl-C reaches only us."""
        self.running[name] = subprocess.Popen(
            command, env=os.environ, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def wait_for_web(self, *, port: int) -> None:
        deadline = time.monotonic() + WEB_PATIENCE
        while not _answers(port):
            self.refuse_if_ended()
            if time.monotonic() > deadline:
                raise ServerEnded(f"The web server did not answer within {WEB_PATIENCE} seconds.")
            time.sleep(0.2)

    def watch(self) -> None:
        """Return never: leave by Stopped, or by ServerEnded when a child ends."""
        while True:
            self.refuse_if_ended()
            time.sleep(0.5)

    def refuse_if_ended(self) -> None:
        for name, child in self.running.items():
            if child.poll() is not None:
                raise ServerEnded(f"The {name} ended by itself; its own words are above.")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def _signal_group(child: subprocess.Popen, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def _wait_or_kill(child: subprocess.Popen) -> None:
    try:
        child.wait(STOP_PATIENCE)
    except subprocess.TimeoutExpired:
        _signal_group(child, signal.SIGKILL)
        child.wait()
