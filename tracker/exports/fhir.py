"""A diary as a FHIR R4 Bundle: the same nights in the words of clinical systems."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from tracker.domain.answers import Answer
from tracker.domain.archives import canonical
from tracker.domain.diary import Entry
from tracker.domain.extracts import Extract, on_the_clock
from tracker.domain.phases import Phase
from tracker.domain.questionnaire import PAIN, Item, Kind, Ruler
from tracker.domain.revisions import Revision
from tracker.domain.spans import ONE_DAY
from tracker.exports import fhir_codes
from tracker.exports.fhir_codes import Json
