"""The whole product on this machine, with demonstration data, from one command."""

import argparse
import fcntl
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction

from accounts.models import Partnership
from demo import cast
from demo.servers import (
    HOST,
    ServerEnded,
    Servers,
    Stopped,
    stop_when_told,
    web_command,
    worker_command,
)

BEFORE_RESET = "before-reset"
STAYS = {BEFORE_RESET, "static", "secret_key", "demo.lock", "setup.lock"}


def a_port(text: str) -> int:
    if text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError("PORT is a number from 1 to 65535, for example PORT=8123.")


class Command(BaseCommand):
    help = "Set up the demonstration and serve it until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=a_port, default=8000)
        parser.add_argument("--reset", action="store_true", help="load the data afresh, and stop")

    def handle(self, *, port: int, reset: bool, **options):
        if not settings.DEMO:
            raise CommandError("Set DEMO=1 to run the demonstration.")
        stop_when_told()
        try:
            with only_one():
                if reset:
                    self.reset()
                else:
                    self.serve(port=port)
        except Stopped:
            self.stdout.write("Stopped.")
        except ServerEnded as ended:
            raise CommandError(str(ended)) from ended

    def reset(self) -> None:
        set_data_aside()
        self.prepare()
        self.stdout.write(
            f"The demonstration data is as it was at first; what there was is in "
            f"{settings.VAR_DIR / BEFORE_RESET} until the next reset. Start it with: make demo"
        )

    def serve(self, *, port: int) -> None:
        refuse_taken_port(port)
        self.prepare()
        address = f"http://{HOST}:{port}/"
        os.environ.setdefault("SITE_URL", address.rstrip("/"))
        with Servers() as servers:
            self.stdout.write("Starting the web server and the worker")
            servers.start("web server", web_command(port=port))
            servers.start("worker", worker_command())
            servers.wait_for_web(port=port)
            self.welcome(address)
            servers.watch()

    def prepare(self) -> None:
        """Bring database, static files and data up to date; each step may be run again."""
        self.stdout.write("Bringing the database up to date")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        if not Partnership.objects.exists():
            self.stdout.write("Loading the demonstration data")
            with transaction.atomic():
                call_command("load_demo")
        connections.close_all()

    def welcome(self, address: str) -> None:
        self.stdout.write(f"\nThe demonstration is at {address}\n\nSign in as:")
        for person in cast.sign_ins():
            self.stdout.write(f"  {person.role:<32} {person.name:<16} {person.email}")
        self.stdout.write("\nStop with Ctrl-C.")


@contextmanager
def only_one() -> Iterator[None]:
    """Two workers on one file queue, or a reset beneath a running server, would spoil the data."""
    with (settings.VAR_DIR / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise CommandError(
                "The demonstration of this checkout is running already: stop it first."
            ) from taken
        yield


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as taken:
            raise CommandError(
                f"Port {port} is taken or not allowed: choose another, for example "
                f"make demo PORT={port + 123 if port < 65000 else 8123}"
            ) from taken


def set_data_aside() -> None:
    """Keep one generation of what was there: a reset must not cost anyone their work."""
    database = settings.DATABASES["default"]
    kept_here = Path(database["NAME"]).is_relative_to(settings.VAR_DIR)
    if not (database["ENGINE"].endswith("sqlite3") and kept_here):
        raise CommandError("DATABASE_URL names a database of your own: empty it yourself.")
    before = settings.VAR_DIR / BEFORE_RESET
    shutil.rmtree(before, ignore_errors=True)
    before.mkdir()
    for item in settings.VAR_DIR.iterdir():
        if item.name not in STAYS:
            kept = item.rename(before / item.name)
            if kept.is_dir():
                item.mkdir()  # the settings made it, and are not read again
