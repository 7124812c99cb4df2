"""Several people acting at one instant; with the fixture `committed`, on PostgreSQL."""

import threading

from django.db import connections


def race(*calls):
    """Start all calls at one instant, each with its own connection; return what each came to."""
    gate = threading.Barrier(len(calls))
    results = [""] * len(calls)

    def run(number, call):
        try:
            gate.wait(timeout=10)
            call()
            results[number] = "done"
        except Exception as error:
            results[number] = type(error).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(results)
