"""Turn a report or a diary into bytes."""
