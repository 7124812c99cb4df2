"""Who is entitled to section 117 after-care, and from which day.

Sources: Mental Health Act 1983 s.117(1); the national legal status classification
(NHS Data Dictionary, UK Core LegalStatusClassificationEngland 1.0.1).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum


class Entitlement(Enum):
    """Whether a legal status gives entitlement by itself."""

    YES = "yes"
    NO = "no"
    BY_HAND = "by hand"


@dataclass(frozen=True)
class LegalStatus:
    """One national legal status code, as staff write it and in full."""

    code: str
    short: str
    words: str
    entitlement: Entitlement


_YES, _NO, _BY_HAND = Entitlement.YES, Entitlement.NO, Entitlement.BY_HAND

# The flags follow s.117(1): detained under s.3, or admitted under s.37, s.45A, s.47 or s.48,
# with or without restrictions. Everything else does not qualify by itself.
LEGAL_STATUSES = {
    status.code: status
    for status in (
        LegalStatus("01", "informal", "Informal", _NO),
        LegalStatus("02", "2", "Section 2", _NO),
        LegalStatus("03", "3", "Section 3", _YES),
        LegalStatus("04", "4", "Section 4", _NO),
        LegalStatus("05", "5(2)", "Section 5(2)", _NO),
        LegalStatus("06", "5(4)", "Section 5(4)", _NO),
        LegalStatus("07", "35", "Section 35", _NO),
        LegalStatus("08", "36", "Section 36", _NO),
        LegalStatus("09", "37/41", "Section 37 with section 41 restrictions", _YES),
        LegalStatus("10", "37", "Section 37", _YES),
        LegalStatus("12", "38", "Section 38", _NO),
        LegalStatus("13", "44", "Section 44", _NO),
        LegalStatus("14", "46", "Section 46 (no longer used)", _BY_HAND),
        LegalStatus("15", "47/49", "Section 47 with section 49 restrictions", _YES),
        LegalStatus("16", "47", "Section 47", _YES),
        LegalStatus("17", "48/49", "Section 48 with section 49 restrictions", _YES),
        LegalStatus("18", "48", "Section 48", _YES),
        LegalStatus("19", "135", "Section 135", _NO),
        LegalStatus("20", "136", "Section 136", _NO),
        LegalStatus("31", "CPIA", "Criminal Procedure (Insanity) Act 1964", _BY_HAND),
        LegalStatus("32", "other act", "Another Act", _BY_HAND),
        LegalStatus("35", "7", "Section 7 guardianship", _NO),
        LegalStatus("36", "37 guardianship", "Section 37 guardianship", _NO),
        LegalStatus("37", "45A", "Section 45A, limitation direction in force", _YES),
        LegalStatus("38", "45A ended", "Section 45A, limitation direction ended", _YES),
        LegalStatus("98", "not applicable", "Not applicable", _NO),
        LegalStatus("99", "not known", "Not known", _BY_HAND),
    )
}

_PHRASES = {
    "informal": "01",
    "voluntary": "01",
    "notional 37": "10",  # a lapsed s.47/49 treated as a hospital order
    "37 notional": "10",
    "37n": "10",
    "37 guardianship": "36",
    "guardianship 37": "36",
    "guardianship": "35",
    "insanity": "31",
    "cpia": "31",
    "not known": "99",
    "unknown": "99",
    "not applicable": "98",
}
_BY_SECTION = {
    "2": "02",
    "3": "03",
    "4": "04",
    "5(2)": "05",
    "5(4)": "06",
    "7": "35",
    "35": "07",
    "36": "08",
    "37/41": "09",
    "37": "10",
    "38": "12",
    "44": "13",
    "46": "14",
    "47/49": "15",
    "47": "16",
    "48/49": "17",
    "48": "18",
    "135": "19",
    "136": "20",
    "45a": "37",
}
_PREFIX = re.compile(r"\b(?:sections?|sect?s?|s)\s*\.?\s*(?=\d)|\b(?:mha|mental health act|1983)\b")
_FIVE = re.compile(r"\b5\s*[(/]\s*([24])\s*\)?")
_PAIR = re.compile(r"\b(?:37\s*[/&+,(-]\s*41|4[78]\s*[/&+,(-]\s*49)\b\)?")
_TOKEN = re.compile(r"\d+/\d+|\b5\([24]\)|\d+[a-z]?")
# Where a CTO or leave comes from is a detention named elsewhere in the same cell, if at all.
_NOT_A_DETENTION = {"17", "17a", "117", "41", "49"}


def section_from_words(text: str) -> str | None:
    """Return the national code of the section a register names, or None where it is not certain.

    Of several sections the one that gives entitlement counts, since entitlement is looked for over
    all detentions; two that each give it are left to a person. A bare "CTO" names no detention.
    """
    plain = _PREFIX.sub(" ", re.sub(r"(?<=\d)\s+(?=a\b)", "", text.casefold()))
    plain = " ".join(plain.split()).strip(" .")
    for phrase, code in _PHRASES.items():
        if phrase in plain:
            return code
    return _one_of(_codes_in(plain))


def gives_entitlement(code: str) -> Entitlement:
    """Return whether a national legal status code gives entitlement."""
    status = LEGAL_STATUSES.get(code)
    return status.entitlement if status else Entitlement.BY_HAND


def entitled_from(ceased_on: date | None, left_hospital_on: date | None) -> date | None:
    """Return the first day of entitlement: detention has ceased and the person has left hospital.

    Mental Health Act 1983 s.117(1): "whether or not immediately after so ceasing".
    """
    if ceased_on is None or left_hospital_on is None:
        return None
    return max(ceased_on, left_hospital_on)


def _codes_in(plain: str) -> list[str | None]:
    plain = _FIVE.sub(r"5(\1)", plain)
    plain = _PAIR.sub(lambda pair: re.sub(r"\D+", "/", pair[0].rstrip(")")), plain)
    codes: list[str | None] = []
    for token in _TOKEN.findall(plain):
        if token in _NOT_A_DETENTION:
            continue
        parts = [token] if token in _BY_SECTION else token.split("/")
        codes += [_BY_SECTION.get(part.lstrip("0")) for part in parts]
    return codes


def _one_of(codes: list[str | None]) -> str | None:
    known = {code for code in codes if code}
    if len(known) != len(set(codes)):
        return None
    entitling = {code for code in known if gives_entitlement(code) is Entitlement.YES}
    candidates = entitling or known
    return candidates.pop() if len(candidates) == 1 else None
