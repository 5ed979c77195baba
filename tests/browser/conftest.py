"""Serve the application to the browser from this process, so that the server is measured too."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from waitress.server import create_server


@pytest.fixture(scope="session")
def backend() -> str:
    """Pages look and work the same on either database."""
    return "sqlite"


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Return where the application answers."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://localhost:{server.effective_port}"
    server.close()
    thread.join(5)
