"""Serve the application to the browser from this process, so that the server is measured too."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from waitress import wasyncore
from waitress.server import create_server


@pytest.fixture(scope="session")
def backend() -> str:
    """Pages look and work the same on either database."""
    return "sqlite"


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Return where the application answers."""
    sockets: dict[int, object] = {}
    server = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://localhost:{server.effective_port}"
    # In the server's own thread: it may be waiting on any of the sockets just now.
    server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets))
    thread.join(5)
    assert not thread.is_alive()
    server.task_dispatcher.shutdown()
