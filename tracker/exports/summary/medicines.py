"""The medicines of an appointment: days, every dose, how often it was taken, the opioid notice."""

from typing import Final

from tracker.domain import medicine_words
from tracker.domain.medicines import Medicine
from tracker.domain.words import N_
from tracker.exports.summary.values import Json, Summary, said

MOST: Final = 6  # on the first page: those that began last
MOST_DOSES: Final = 4  # of each: the newest


def rows(summary: Summary) -> Json:
    """Return what is taken, None where none is noted and no night says that a dose was taken."""
    report, voice = summary.report, summary.voice
    adherence = medicine_words.adherence_in_words(report.adherence, voice)
    if not report.medicines and not adherence:
        return None
    more = len(report.medicines) - MOST
    return {
        "headings": [voice.say(head) for head in (N_("Medicine"), N_("Days"), N_("Doses"))],
        "rows": [_row(summary, medicine) for medicine in report.medicines[-MOST:]],
        "adherence": adherence,
        "more": ""
        if more <= 0
        else voice.ngettext(
            "%(count)d earlier medicine is not shown here.",
            "%(count)d earlier medicines are not shown here.",
            more,
        ),
    }


def notice(summary: Summary) -> Json:
    """Return the opioid notice and the names it goes by, None where there is none."""
    found = summary.report.notice
    if found is None:
        return None
    text, names = medicine_words.notice_lines(found, summary.voice)
    return {"text": text, "names": said(names)}


def _row(summary: Summary, medicine: Medicine) -> Json:
    voice = summary.voice
    doses = medicine.doses[-MOST_DOSES:]
    earlier = [voice.say(N_("earlier doses"))] if len(medicine.doses) > MOST_DOSES else []
    told = [medicine_words.dose_in_words(medicine, dose, voice) for dose in doses]
    return {
        "name": said(medicine.name),
        "days": medicine_words.taken_in_words(medicine, voice),
        "doses": [said(text) for text in (*earlier, *told)],
    }
