"""Keep a nightly symptom diary with trends and 30 % responder status."""

__version__ = "0.1.0"
