"""Keep the diary in a database."""
