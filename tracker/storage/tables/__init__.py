"""The tables, a file for each matter; `tracker.storage.models` lists them all."""
