"""Serve the diary as web pages."""
