"""Turn bytes into domain values with errors row by row."""
