"""Serving an application on a port of this machine, in a thread of this process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """Serve `app` and give its port."""
    sockets: dict[int, object] = {}
    server = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    # In the server's own thread: it may be waiting on any of the sockets just now.
    # It knows of the call before it is woken: awake already, it has closed what would wake it.
    with suppress(OSError):
        server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets))
    thread.join(5)
    assert not thread.is_alive()
    server.task_dispatcher.shutdown()
