"""What is said of pairs of placebo and treatment: how often it was better, and what chance does."""

from collections.abc import Iterator
from fractions import Fraction

from tracker.domain.cycles import DROPPED, MOST_TESTED, REPEATED, Cycle, Cycles
from tracker.domain.figures import points_of, taken
from tracker.domain.signs import SignFlip
from tracker.domain.statistics import need
from tracker.domain.voice import Voice
from tracker.domain.words import N_


def told(cycles: Cycles, voice: Voice) -> Iterator[str]:
    """Yield all that is said: what was found by pain, how easily chance does it, what is left out.

    Without lots there is no word of chance, and the sentence why.
    """
    yield lead(cycles, voice)
    yield from chance(cycles, voice)
    yield from uncounted(cycles, voice)
    yield voice.say(
        N_(
            "The first %(days)d days of every phase are left out, "
            "for what the phase before leaves behind."
        ),
        days=DROPPED.days,
    )


def lead(cycles: Cycles, voice: Voice) -> str:
    """Return in how many pairs pain was lower on treatment, and the mean difference."""
    found = cycles.differences
    if not found:
        return voice.say(N_("No pair can be compared by pain yet."))
    mean = sum(found, Fraction(0)) / len(found)
    lower, higher = sum(each > 0 for each in found), sum(each < 0 for each in found)
    words = _higher(higher, len(found)) if mean < 0 else _lower(lower, len(found))
    return voice.say(
        words,
        count=len(found),
        which=higher if mean < 0 else lower,
        treatment=_treatment(cycles, voice),
        points=points_of(-mean, voice),
    )


def _lower(which: int, count: int) -> str:
    if which == count:
        return N_(
            "In all %(count)d pairs pain was lower on %(treatment)s than on placebo: "
            "%(points)s points on average."
        )
    return N_(
        "In %(which)d of %(count)d pairs pain was lower on %(treatment)s than on placebo: "
        "%(points)s points on average."
    )


def _higher(which: int, count: int) -> str:
    if which == count:
        return N_(
            "In all %(count)d pairs pain was higher on %(treatment)s than on placebo: "
            "%(points)s points on average."
        )
    return N_(
        "In %(which)d of %(count)d pairs pain was higher on %(treatment)s than on placebo: "
        "%(points)s points on average."
    )


def chance(cycles: Cycles, voice: Voice) -> Iterator[str]:
    """Yield how easily the order that lots gave makes such a result; why nothing is said, else."""
    count = len(cycles.differences)
    if (test := cycles.test) is not None:
        yield _drawn(test, count, voice)
        yield voice.say(
            N_("With %(count)d pairs no result can be below 1 in %(draws)d."),
            count=count,
            draws=2**count,
        )
    elif not cycles.is_randomised:
        yield voice.say(
            N_(
                "No p-value is given: it means something only where the order within each pair "
                "was drawn by lot beforehand, and this diary does not know that it was."
            )
        )
    elif count < REPEATED:
        yield voice.say(N_("Chance is told of two pairs or more."))
    else:
        yield voice.say(N_("Chance is told of at most %(most)d pairs."), most=MOST_TESTED)


def _drawn(test: SignFlip, count: int, voice: Voice) -> str:
    return voice.say(
        N_(
            "The order within each pair was drawn by lot. If it were all chance, pain at least "
            "this much lower on treatment comes up in %(one)d of %(draws)d draws "
            "(one-sided p = %(p)s), and a difference at least this large either way in "
            "%(two)d of %(draws)d (two-sided p = %(q)s)."
        ),
        one=int(test.one_sided * 2**count),
        two=int(test.two_sided * 2**count),
        draws=2**count,
        p=_p(test.one_sided, voice),
        q=_p(test.two_sided, voice),
    )


def _p(p: Fraction, voice: Voice) -> str:
    """Return a p-value with three decimals, more where these were all zero."""
    places = 3
    while p < Fraction(1, 10**places):
        places += 1
    return voice.number(p, places)


def uncounted(cycles: Cycles, voice: Voice) -> Iterator[str]:
    """Yield the pairs that are not counted by pain, and why."""
    for place, cycle in enumerate(cycles.main, 1):
        if cycle.is_running:
            yield voice.say(
                N_("Pair %(pair)d counts once both of its phases are over."), pair=place
            )
        elif cycle.difference is None:
            yield voice.say(
                N_("Pair %(pair)d is not counted: %(why)s."), pair=place, why=_why(cycle, voice)
            )


def _why(cycle: Cycle, voice: Voice) -> str:
    """Return what keeps a pair that is over from being compared."""
    for period in (cycle.first, cycle.second):
        if period.answered < max(1, need(period.days)):
            return voice.say(
                N_(
                    "%(have)d of %(days)d days answered in the phase from %(day)s, "
                    "%(needed)d needed"
                ),
                have=period.answered,
                days=period.days,
                day=voice.dated_day(period.phase.start),
                needed=max(1, need(period.days)),
            )
    return voice.say(N_("some of its days were answered on the other ruler"))


def _treatment(cycles: Cycles, voice: Voice) -> str:
    """Return what was taken, where it was the same in every pair."""
    names = {taken(cycle.treatment.phase, voice) for cycle in cycles.main}
    name = names.pop()
    return voice.say(N_("treatment")) if names or not name else name
