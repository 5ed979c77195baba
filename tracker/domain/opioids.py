"""Opioids by name: the maintained list, and the notice where one of them meets naltrexone.

The list was reviewed on 1 December 2026. It goes by what a medicine is called, it is not complete,
and that nothing is found means nothing. Substances after diphenoxylate are our own addition [O].
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from tracker.domain.medicines import Medicine
from tracker.domain.phases import Phase
from tracker.domain.words import N_

REVIEWED: Final = date(2026, 12, 1)
AFTER: Final = timedelta(days=14)  # how long either counts after it was stopped
NALTREXONE: Final = "naltrexone"
NOTICE: Final = N_(
    "Naltrexone blocks opioid medicines, and opioids may act more strongly after naltrexone is "
    "stopped. Speak to your prescriber or pharmacist before taking either. Don't stop a prescribed "
    "medicine because of this notice."
)
# Each substance, then what it is called elsewhere and what it is sold as, alone or with others.
NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        NALTREXONE: "naltrexon, naltrexona, naltrexonum, naltreksoni, naltreksona, LDN, ULDN, "
        "Revia, Depade, Vivitrol, Adepend, Nemexin, Nalorex, Antaxone, Celupan, Naltima, Nodict, "
        "Ethylex, Contrave, Mysimba, Opizone, Tranalex, Basinal, Revez",
        "codeine": "codein, codeina, kodein, kodeiini, kodeina, codeinum, co-codamol, "
        "co-codaprin, Solpadol, Solpadeine, Kapake, Zapain, Nurofen Plus, Codipar, Migraleve, "
        "Veganin, Syndol, Propain, Panadeine, Mersyndol, Tylenol 3, Tylenol 4, Tylenol No 3, "
        "Tylenol No 4, Codoliprane, Klipal, Prontalgine, Talvosilen, Gelonida, Titretta, "
        "Dolviran, Codicaps, Codicompren, Tryasol, Co-Efferalgan, Cod-Efferalgan, Tachidol, "
        "Codeisan, Perduretas, Citodon, Altermol, Panocod, Ardinex, Pinex Forte, Paralgin Forte, "
        "Kodimagnyl, Kodipar, Panacod, Treo comp",
        "tramadol": "tramadolo, tramadole, tramadoli, tramadolum, Ultram, Ultracet, Conzip, "
        "Ryzolt, Seglentis, Qdolo, Rybix, Tramal, Tramacet, Zydol, Zamadol, Maxitram, Tramquel, "
        "Mabron, Dromadol, Marol, Larapam, Tradorec, Invodol, Tramulief, Durotram, Lodam, "
        "Topalgic, Contramal, Ixprim, Zaldiar, Zumalgic, Biodalgic, Monoalgic, Monocrixo, "
        "Orozamudol, Zamudol, Skudexum, Enanplus, Adolonta, Zytram, Dolpar, Tioner, Pontalsic, "
        "Tramagit, Tramundin, Travex, Tramabeta, Tramadura, Tramadolor, Nobligan, Tradolan, "
        "Gemadol, Mandolgin, Dolol, Tiparol, Fortradol, Prontalgin, Kolibri, Doreta, Jutadol, "
        "Zaracet",
        "tapentadol": "tapentadolo, tapentadoli, Palexia, Nucynta, Yantil, Ationdo",
        "hydrocodone": "hydrocodon, hidrocodona, idrocodone, hydrokodon, benzhydrocodone, "
        "dihydrocodeinone, Vicodin, Vicoprofen, Norco, Lortab, Lorcet, Xodol, Zohydro, Hysingla, "
        "Vantrela, Tussionex, Tussigon, Hycodan, Hycet, Dicodid, Hydromet, Reprexain, Ibudone, "
        "Verdrocet, Zydone, Maxidone, Anexsia, Co-Gesic, Apadaz",
        "oxycodone": "oxycodon, oxicodona, oxycodona, ossicodone, oksikodoni, oxikodon, "
        "oksykodon, OxyContin, OxyNorm, OxyIR, Roxicodone, Roxicet, Roxybond, Oxaydo, Xtampza, "
        "Percocet, Percodan, Endocet, Endone, Endodan, Primlev, Tylox, Nalocet, Prolate, "
        "Xartemis, Combunox, Targin, Targine, Targinact, Targiniq, Longtec, Lynlor, Shortec, "
        "Reltebon, Abtard, Oxypro, Oxeltra, Onexila, Carexil, Leveraxo, Zomestine, Renocontin, "
        "Dolocodon, Oxygesic, Eukodal, Depalgos, Oxylan, Oxydolor, Oxynormoro, Supeudol, "
        "Proladone",
        "morphine": "morphin, morfina, morfin, morfiini, morphinum, morphia, MST, MST Continus, "
        "MS Contin, MSIR, Kadian, Avinza, Embeda, Arymo, Morphabond, Roxanol, Oramorph, "
        "Sevredol, Zomorph, Filnarine, Morphgesic, MXL, Actiskenan, Skenan, Moscontin, Ordine, "
        "Anamorph, Kapanol, Momex, Capros, M-long, M-Stada, Painbreak, Substitol, Mundidol, "
        "Vendal, Dolcontin, Depolan, Malfin, Contalgin, Doltard, Statex, M-Eslon, Cyclimorph",
        "hydromorphone": "hydromorphon, hidromorfona, idromorfone, hydromorfoni, hydromorfon, "
        "Dilaudid, Exalgo, Palladone, Palladon, Jurnista, Sophidone, Opidol, Hydal, "
        "Hydromorph Contin",
        "fentanyl": "fentanil, fentanilo, fentanila, fentanyle, fentanyli, fentanylum, "
        "Duragesic, Durogesic, Actiq, Abstral, Fentora, Effentora, Instanyl, PecFent, Lazanda, "
        "Subsys, Onsolis, Breakyl, Ionsys, Matrifen, Fencino, Mezolar, Osmanil, Victanyl, Yemex, "
        "Opiodur, Mylafent, Tilofyl, Sublimaze, Recivit, Vellofent, Dolforin",
        "methadone": "methadon, metadona, metadone, metadon, metadoni, levomethadone, "
        "levomethadon, levometadon, Dolophine, Methadose, Diskets, Physeptone, Methaddict, "
        "Polamidon, L-Polamidon, Metasedin, Eptadone, Metadol, Zoryon, Misyo, Heptadon, "
        "Heptanon, Biodone",
        "buprenorphine": "buprenorphin, buprenorfina, buprenorfin, buprenorfiini, "
        "buprenorphinum, Suboxone, Subutex, Butrans, Butec, Transtec, Hapoctasin, Temgesic, "
        "Buprenex, Zubsolv, Bunavail, Belbuca, Sublocade, Brixadi, Buvidal, Probuphine, Sixmo, "
        "Espranor, Norspan, Bupensan, Bupensanduo, Orobupre, Prenotrix, Panitaz, Sevodyne, "
        "Reletrans, Bupeaze, Relevtec, Triquisic, Feliben, Tephine, Natzon, Cassipa",
        "pethidine": "pethidin, petidina, petidin, petidiini, pethidinum, meperidine, meperidin, "
        "meperidina, Demerol, Meperitab, Dolantin, Dolantina, Dolargan, Dolsin, Dolosal, Pamergan",
        "dihydrocodeine": "dihydrocodein, dihidrocodeina, diidrocodeina, dihydrokodein, drocode, "
        "DHC, DHC Continus, DF 118, co-dydramol, Remedeine, Paramol, Paracodin, Paracodina, "
        "Synalgos, Trezix, Panlor, Dvorah, Contugesic, Codicontin, Tiamon, Rikodeine, Dicodin",
        "diphenoxylate": "diphenoxylat, difenoxilato, difenossilato, difenoxylat, difenoxin, "
        "Lomotil, Lonox, Reasec, Diarsed, Dymotil, Motofen, co-phenotrope",
        "oxymorphone": "oxymorphon, oximorfona, Opana, Numorphan",
        "tilidine": "tilidin, tilidina, Valoron, Valtran, Tilnalox",
        "piritramide": "piritramid, piritramida, Dipidolor, Piridolan",
        "levorphanol": "Levo-Dromoran",
        "propoxyphene": "dextropropoxyphene, dextropropoxyphen, dextropropoxifeno, co-proxamol, "
        "Darvon, Darvocet, Distalgesic, Di-Antalvic, Doloxene, Capadex, Dolotard",
        "dipipanone": "Diconal",
        "diamorphine": "diamorphin, diacetylmorphine, heroin, Diaphin",
        "opium": "laudanum, paregoric, Dropizol, Lamaline, Izalgi",
        "pentazocine": "pentazocin, pentazocina, Talwin, Fortral, Fortalgesic, Sosegon",
        "nalbuphine": "nalbuphin, nalbufina, Nubain, Nalpain",
        "butorphanol": "butorfanol, butorfanolo, Stadol, Moradol",
        "meptazinol": "Meptid",
        "sufentanil": "sufentanilo, Dsuvia, Dzuveo, Zalviso, Sufenta",
        "ethylmorphine": "ethylmorphin, etylmorfin, etilmorfina, Cocillana-Etyfin, Codethyline",
    }
)
# Names that hold another within them, and are neither.
_NEITHER: Final = ("methyl-naltrexone", "methyl-naltrexon", "apo-morphine", "nor-morphine")
_LETTERS: Final = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"})
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_MOST_WORDS: Final = 4  # of one name, however it is cut by hyphens and spaces


@dataclass(frozen=True, slots=True)
class Taken:
    """Something that is or was taken; `end` is exclusive, None while it is."""

    name: str
    start: date
    end: date | None = None

    def reaches(self, today: date) -> bool:
        """True where it still counts: not stopped, or less than 14 days ago."""
        return self.end is None or today - self.end < AFTER

    def meets(self, other: "Taken") -> bool:
        """True where one is taken while the other is, or within 14 days after it."""
        return _begins_in_time(self, other) and _begins_in_time(other, self)


@dataclass(frozen=True, slots=True)
class Notice:
    """That naltrexone and an opioid meet: what each was called, once, in order."""

    naltrexone: tuple[str, ...]
    opioids: tuple[str, ...]


def substances_in(name: str) -> frozenset[str]:
    """Return the substances of the list that `name` names by whole words.

    >>> sorted(substances_in("Co Codamol 30/500, LDN"))
    ['codeine', 'naltrexone']
    >>> substances_in("naloxone"), substances_in("Apomorphine")
    (frozenset(), frozenset())
    """
    return frozenset(_found(_words(name)))


def notice_for(taken: Iterable[Taken], today: date, possible: Iterable[str] = ()) -> Notice | None:
    """Return the notice where naltrexone meets an opioid; None says nothing either way.

    Args:
        taken: whatever is noted as taken, planned or stopped.
        today: the diary day.
        possible: what is named by any key that is still sealed: it may be taken today.
    """
    known = [*taken, *(Taken(name, today) for name in possible)]
    counted = [(one, substances_in(one.name)) for one in known if one.reaches(today)]
    blockers = [one for one, found in counted if NALTREXONE in found]
    opioids = [one for one, found in counted if found - {NALTREXONE}]
    pairs = [(one, other) for one in blockers for other in opioids if one.meets(other)]
    if not pairs:
        return None
    blocking, blocked = zip(*pairs, strict=True)
    return Notice(_named(blocking), _named(blocked))


def taken_of(medicines: Iterable[Medicine], phases: Iterable[Phase]) -> Iterator[Taken]:
    """Yield what the medicines and the phases of a diary say is taken."""
    for medicine in medicines:
        yield Taken(medicine.name, medicine.start, medicine.end)
    for phase in phases:
        yield Taken(phase.medicine, phase.start, phase.end)


def _begins_in_time(one: Taken, other: Taken) -> bool:
    return other.end is None or one.start < other.end + AFTER


def _named(taken: Iterable[Taken]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for one in taken))


def _words(text: str) -> Sequence[str]:
    """Return the words of a name without case, accents and what stands between them."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).casefold()
    return _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


def _known() -> Mapping[str, str]:
    """Return each name, its words run together, and its substance; "" where it is neither."""
    names = {name: substance for substance in NAMES for name in (substance, *_listed(substance))}
    neither = dict.fromkeys(_NEITHER, "")
    return MappingProxyType(
        {"".join(_words(name)): substance for name, substance in {**names, **neither}.items()}
    )


def _listed(substance: str) -> Sequence[str]:
    return [name.strip() for name in NAMES[substance].split(",")]


_KNOWN: Final = _known()


def _found(words: Sequence[str]) -> Iterator[str]:
    """Yield substances; of names that overlap the longest counts."""
    place = 0
    while place < len(words):
        reach = range(min(_MOST_WORDS, len(words) - place), 0, -1)
        lengths = (size for size in reach if "".join(words[place : place + size]) in _KNOWN)
        size = next(lengths, 0)
        if size and (substance := _KNOWN["".join(words[place : place + size])]):
            yield substance
        place += max(1, size)
