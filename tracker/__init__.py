"""Keep a nightly symptom diary that says whether a treatment helps."""

__version__ = "0.1.0"
