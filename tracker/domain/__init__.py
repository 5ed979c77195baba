"""The measurement itself: questionnaire, diary day, phases, statistics, verdict; standard library only."""
