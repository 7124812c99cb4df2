"""The demonstration's child processes: none outlives another, whoever ends first."""

import signal
import socket
import sys

import pytest
from django.core.management.base import CommandError

from demo.management.commands.demo import a_port, refuse_taken_port
from demo.servers import STOP_SIGNALS, ServerEnded, Servers, Stopped, stop_when_told

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
ENDER = [sys.executable, "-c", ""]


@pytest.fixture(autouse=True)
def signals_as_they_were():
    handlers = {number: signal.getsignal(number) for number in STOP_SIGNALS}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_children_are_stopped_when_one_ends_by_itself():
    with Servers() as servers:
        servers.start("web server", SLEEPER)
        servers.start("worker", ENDER)
        with pytest.raises(ServerEnded, match="The worker ended by itself"):
            servers.watch()

    assert servers.running["web server"].returncode == -signal.SIGTERM


@pytest.mark.parametrize("number", STOP_SIGNALS)
def test_children_are_stopped_when_the_demonstration_is_told_to(number):
    stop_when_told()

    with Servers() as servers:
        servers.start("web server", SLEEPER)
        with pytest.raises(Stopped):
            signal.raise_signal(number)

    assert servers.running["web server"].returncode == -signal.SIGTERM


def test_a_web_server_that_ends_before_it_answers_is_not_waited_for():
    with Servers() as servers:
        servers.start("web server", ENDER)
        with pytest.raises(ServerEnded, match="The web server ended by itself"):
            servers.wait_for_web(port=1)


def test_a_taken_port_is_refused_with_the_way_out():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=rf"Port {port} is taken.*make demo PORT=\d+"):
            refuse_taken_port(port)


@pytest.mark.parametrize("text", ["0", "65536", "abc", "-1", ""])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(Exception, match="a number from 1 to 65535"):
        a_port(text)
