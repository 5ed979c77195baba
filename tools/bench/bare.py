"""The peer that every figure is a ratio to: bare Flask, with and without one committed row."""

import sqlite3
import sys
from pathlib import Path
from typing import Final

import waitress
from flask import Flask, request

TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS entries ("
    "id INTEGER PRIMARY KEY, day TEXT NOT NULL, pain INTEGER, fatigue INTEGER, sleep INTEGER)"
)
INSERT: Final = "INSERT INTO entries (day, pain, fatigue, sleep) VALUES (?, ?, ?, ?)"


def hello() -> Flask:
    """Return an application that says hello."""
    app = Flask("hello")

    @app.get("/")
    def say() -> str:
        return "Good evening"

    return app


def commits(file: Path) -> Flask:
    """Return an application that commits one row a POST, as durably as ours does."""
    app = Flask("commits")
    # One thread asks; what it costs to connect is not what is compared.
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(TABLE)

    @app.post("/entry")
    def entry() -> str:
        form = request.form
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            INSERT, (form["day"], int(form["pain"]), int(form["fatigue"]), int(form["sleep"]))
        )
        connection.execute("COMMIT")
        return "saved"

    return app


if __name__ == "__main__":
    waitress.serve(commits(Path(sys.argv[1])), host="127.0.0.1", port=int(sys.argv[2]))
