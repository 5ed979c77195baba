"""How long a person's own words may be, in code points; forms, files and tables all use these."""

from typing import Final

QUESTION_LIMIT: Final = 500  # to ask at an appointment
REASON_LIMIT: Final = 500  # why a night was edited, or a pause made
LABEL_LIMIT: Final = 100  # of a phase
MEDICINE_LIMIT: Final = 100
DOSE_NOTE_LIMIT: Final = 200  # beside a dose, such as "as prescribed"
DOSE_LIMIT_UG: Final = 1_000_000_000  # a kilogram in micrograms: a bound for the type, no advice
PLAN_LIMIT: Final = 60_000  # of a plan as JSON: 8 pairs have 256 orders
OWN_NAME_LIMIT: Final = 60  # of an own symptom
OWN_QUESTION_LIMIT: Final = 200
OWN_ANCHOR_LIMIT: Final = 60
ITEM_KEY_LIMIT: Final = 40
DEVICE_LABEL_LIMIT: Final = 200
FILE_NAME_LIMIT: Final = 200
READING_LIMIT: Final = 2_000_000  # of what was said of the columns and words of a file
SCOPE_ITEMS_LIMIT: Final = 100  # items named in one grant or share
READER_NAME_LIMIT: Final = 100  # of an account, or what an owner calls a shared link
EFFECT_NAME_LIMIT: Final = 100  # of a side effect that is none of the list
MEASURE_NAME_LIMIT: Final = 60
UNIT_LIMIT: Final = 30
VALUE_DIGITS: Final = 15  # of a measured value, all in all: an exact 64-bit number holds them
PLACES_LIMIT: Final = 6  # of these after the point
