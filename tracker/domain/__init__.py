"""The measurement itself, from questionnaire to verdict; standard library only."""
