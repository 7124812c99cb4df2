"""Reads the cells of a register that are neither dates nor amounts."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from cohorts.policy.entitlement import (
    LEGAL_STATUSES,
    Entitlement,
    gives_entitlement,
    section_from_words,
)
from cohorts.policy.register_text import (
    BIDI_CONTROLS,
    Cell,
    Problem,
    as_text,
    is_nothing,
    is_unknown,
    squeeze,
)
from core.identifiers import clean_nhs_number

_SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?e\+?0?9$", re.IGNORECASE)
_POSTCODE = re.compile(r"^(GIR0AA|[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2})$")
_GP_PRACTICE = re.compile(r"\b[A-HJ-NPVWY]\d{5}\b")
_NAME_BREAKS = re.compile(r"([\s\-'’.])")
_TITLES = re.compile(r"^(mr|mrs|ms|miss|mx|dr|prof|rev|sir)\b\.?\s+", re.IGNORECASE)
_PARTICLES = frozenset(
    (
        "de",
        "da",
        "do",
        "dos",
        "du",
        "del",
        "della",
        "di",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "bin",
        "ibn",
        "al",
        "el",
        "st",
        "abu",
        "ap",
    )
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")

# Words are tried in order; older people come first because they are also "mental health".
_GROUP_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("OP", re.compile(r"\b(op|opmh|ops|opd|older|old age|elderly|over 65s?|65\+|dementia)")),
    ("LD", re.compile(r"\b(ld|pld|ldd|learning|intellectual)\b")),
    ("MH", re.compile(r"\b(mh|amh|amhs|mental|waa|working age|adult mh|adults? of working age)\b")),
)
_YES = re.compile(
    r"^(y|yes|true|1|x|✓|✔|out|ooa|oob|ooc|out[ -]of[ -](area|borough|county))\b|^[✓✔]$"
)
_NO = re.compile(r"^(n|no|false|0|in|in[ -](area|borough|county)|local)\b")
_ETHNIC_CODES = frozenset("ABCDEFGHJKLMNPRSZ") | {"99"}


def read_nhs_number(value: object, field: str = "nhs_number") -> Cell[str]:
    """Read an NHS number written as text, or as a number by a spreadsheet.

    A spreadsheet drops a leading zero: nine digits of a number cell are read as ten if their
    check digit is right. Rule: NHS Data Dictionary, modulus 11.
    """
    text = as_text(value)
    plain = squeeze(text)
    if is_nothing(plain) or is_unknown(plain):
        return _no(
            text, "nhs_number_missing", field, "Trace the NHS number, or say why there is none"
        )
    if _SCIENTIFIC.match(plain):
        plain = _all_digits(plain)
    if isinstance(value, int | float) and not isinstance(value, bool) and len(plain) == 9:
        plain = plain.zfill(10)
    try:
        return Cell(clean_nhs_number(plain), text)
    except ValueError as reason:
        ten_digits = re.fullmatch(r"\d{10}", re.sub(r"[\s\-‐-–]", "", plain))
        word = "nhs_number_check_digit" if ten_digits else "nhs_number_unreadable"
        return _no(text, word, field, str(reason))


def read_name(value: object, field: str, *, longest: int = 80) -> Cell[str]:
    """Read a family name or given names; capitals become a name's usual writing."""
    text = as_text(value)
    if isinstance(value, str) and (_CONTROLS.search(value) or BIDI_CONTROLS.search(value)):
        sentence = "This name holds hidden characters; type it again"
        return _no(text, f"{field}_unreadable", field, sentence)
    name = squeeze(text)
    if is_nothing(name) or is_unknown(name):
        return _no(text, f"{field}_missing", field, "Type the name")
    if len(name) > longest:
        return _no(text, f"{field}_too_long", field, f"Shorten the name to {longest} characters")
    if name[0] in "=+-@" or not any(letter.isalpha() for letter in name):
        return _no(text, f"{field}_unreadable", field, "This is not a name; type the name")
    return Cell(tidy_name(name), text)


def read_full_name(value: object, field: str = "full_name") -> tuple[Cell[str], Cell[str]]:
    """Read one column that holds both names; return the family name and the given names.

    "SURNAME, First" and "First SURNAME" are certain. "First Last" is read so, with a note.
    """
    whole = read_name(value, field, longest=160)
    if whole.problem:
        return whole, Cell(None, whole.text)
    family, given, is_certain = _split_name(squeeze(whole.text))
    if not family or not given:
        sentence = "Type the family name, a comma and the given names, like Okoro, Lena"
        return _no(whole.text, f"{field}_unreadable", field, sentence), Cell(None, whole.text)
    family_cell = read_name(family, "family_name")
    given_cell = read_name(given, "given_names")
    note = None
    if not is_certain:
        sentence = f"Read as family name {tidy_name(family)}, given names {tidy_name(given)}"
        note = Problem(f"{field}_order", field, sentence, stops=False)
    return (
        Cell(family_cell.value, whole.text, family_cell.problem or note),
        Cell(given_cell.value, whole.text, given_cell.problem),
    )


def tidy_name(name: str) -> str:
    """Return OKORO as Okoro and O'DELL as O'Dell; leave mixed writing, such as de Souza, alone."""
    name = name.replace("’", "'").replace("‘", "'").replace("`", "'")
    words = name.split()
    is_one = len(words) == 1
    return " ".join(
        word if word in _PARTICLES and not is_one else _tidy_word(word) for word in words
    )


def read_client_group(value: object, field: str = "client_group") -> Cell[str]:
    """Read the client group: LD, MH or OP."""
    text = as_text(value)
    plain = squeeze(text).casefold()
    if is_nothing(plain) or is_unknown(plain):
        return _no(
            text,
            f"{field}_missing",
            field,
            "Choose learning disability, mental health or older people",
        )
    found = [group for group, words in _GROUP_WORDS if words.search(plain)]
    if "OP" in found and "MH" in found:
        found.remove("MH")
    if len(found) == 1:
        return Cell(found[0], text)
    return _no(
        text,
        f"{field}_unreadable",
        field,
        "Choose one client group: learning disability, mental health or older people",
    )


def read_section(value: object, field: str = "section") -> Cell[str]:
    """Read the section of the Mental Health Act as its national code, if it gives entitlement."""
    text = as_text(value)
    plain = squeeze(text)
    if is_nothing(plain) or is_unknown(plain):
        return _no(
            text, "section_missing", field, "Say which section the person was detained under"
        )
    code = section_from_words(plain) if isinstance(value, str | int | float) else None
    if code is None:
        return _no(text, "section_unreadable", field, _which_section(plain))
    entitlement = gives_entitlement(code)
    if entitlement is Entitlement.YES:
        return Cell(code, text)
    return Cell(code, text, _not_entitling(code, field, by_hand=entitlement is Entitlement.BY_HAND))


def read_yes_no(value: object, field: str) -> Cell[bool]:
    """Read yes or no; an empty cell is neither."""
    text = as_text(value)
    plain = squeeze(text).casefold()
    if is_nothing(plain) and plain not in {"none", "no"}:
        return Cell(None, text)
    if _NO.match(plain) or plain == "none":
        return Cell(False, text)
    if _YES.match(plain):
        return Cell(True, text)
    return Cell(None, text, Problem(f"{field}_unreadable", field, "Type yes or no"))


def read_postcode(value: object, field: str = "postcode") -> Cell[str]:
    """Read a postcode as HA1 2EG; one of another shape is kept as it is written, with a note."""
    text = as_text(value)
    plain = squeeze(text)
    if is_nothing(plain) or is_unknown(plain):
        return Cell(None, text)
    joined = re.sub(r"[^A-Z0-9]", "", plain.upper())
    if _POSTCODE.match(joined):
        return Cell(f"{joined[:-3]} {joined[-3:]}", text)
    sentence = "This does not look like a postcode; it is kept as it is written"
    if len(plain) > 12:
        sentence = "This is too long for a postcode and is left out; put it in the comments"
        plain = ""
    return Cell(plain or None, text, Problem(f"{field}_unusual", field, sentence, stops=False))


def read_gp_practice(value: object, field: str = "gp_practice") -> Cell[str]:
    """Read a GP practice's code, a letter and five digits; its name is left out with a note."""
    text = as_text(value)
    plain = squeeze(text).upper()
    if is_nothing(plain) or is_unknown(plain):
        return Cell(None, text)
    if found := _GP_PRACTICE.search(plain):
        return Cell(found[0], text)
    sentence = "The practice has no code here, like E84003; it is left out"
    return Cell(None, text, Problem(f"{field}_unusual", field, sentence, stops=False))


def read_ethnic_category(value: object, field: str = "ethnic_category") -> Cell[str]:
    """Read an ethnic category's code (NHS Data Dictionary); words are left out with a note."""
    text = as_text(value)
    plain = squeeze(text).upper()
    if is_nothing(plain) or is_unknown(plain):
        return Cell(None, text)
    if plain in _ETHNIC_CODES:
        return Cell(plain, text)
    sentence = "This is not a national ethnic category code; it is left out"
    return Cell(None, text, Problem(f"{field}_unusual", field, sentence, stops=False))


def read_words(value: object, field: str, *, longest: int) -> Cell[str]:
    """Read a short text, such as a provider or a worker's name."""
    text = as_text(value)
    plain = squeeze(text)
    if is_nothing(plain):
        return Cell(None, text)
    if len(plain) > longest:
        return _no(text, f"{field}_too_long", field, f"Shorten this to {longest} characters")
    return Cell(plain, text)


def read_free_text(value: object, field: str = "comments") -> Cell[str]:
    """Read a note with its lines; whatever it says, it stays text."""
    text = as_text(value)
    return Cell(text or None, text)


def read_reason(
    value: object, reasons: Mapping[str, str], field: str = "no_number_reason"
) -> Cell[str]:
    """Read why there is no NHS number: one of the reasons offered on screen."""
    text = as_text(value)
    if not text or text in reasons:
        return Cell(text or None, text)
    return _no(text, f"{field}_unreadable", field, "Choose one of the reasons")


def _split_name(name: str) -> tuple[str, str, bool]:
    if "," in name:
        family, _, given = name.partition(",")
        return family.strip(), _TITLES.sub("", given.strip(" ,")), True
    words = _TITLES.sub("", name).split()
    capitals = [_is_capitals(word) for word in words]
    if 0 < sum(capitals) < len(words):
        if all(capitals[: sum(capitals)]):
            return " ".join(words[: sum(capitals)]), " ".join(words[sum(capitals) :]), True
        if all(capitals[-sum(capitals) :]):
            return " ".join(words[-sum(capitals) :]), " ".join(words[: -sum(capitals)]), True
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start]), False


def _is_capitals(word: str) -> bool:
    letters = [letter for letter in word.removeprefix("Mc").removeprefix("Mac") if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _tidy_word(word: str) -> str:
    if word.startswith("Mc") and word[2:].isupper() and len(word) > 4:
        return f"Mc{_tidy_word(word[2:])}"
    if not (word.isupper() or word.islower()):
        return word
    parts = _NAME_BREAKS.split(word)
    return "".join(_capitalise(part) for part in parts)


def _capitalise(part: str) -> str:
    if part.upper().startswith("MC") and len(part) > 4:
        return f"Mc{part[2:].capitalize()}"
    return part.capitalize()


def _which_section(plain: str) -> str:
    if re.search(r"\b(cto|sct|17a|supervised community)\b", plain.casefold()):
        return "A community treatment order follows a detention; say which section that was"
    if re.search(r"\b117\b", plain):
        return (
            "Section 117 is the after-care itself; say which section the person was detained under"
        )
    return "This names no single section; type one, like S3 or 37/41"


def _not_entitling(code: str, field: str, *, by_hand: bool) -> Problem:
    words = LEGAL_STATUSES[code].words
    if by_hand:
        sentence = (
            f"{words}: a person must say whether this gives section 117 entitlement, and under what"
        )
        return Problem("section_by_hand", field, sentence)
    sentence = (
        f"{words} does not give section 117 entitlement; correct the section, "
        "or name an earlier detention that does"
    )
    return Problem("section_not_entitling", field, sentence)


def _all_digits(scientific: str) -> str:
    """Return 9.994826352E+09 in full, and leave 9.99E+09, which has lost its digits, as it is."""
    mantissa = scientific.casefold().partition("e")[0]
    if len(mantissa.replace(".", "")) < 10:
        return scientific
    try:
        return f"{Decimal(scientific):f}".partition(".")[0]
    except InvalidOperation:
        return scientific


def _no(text: str, word: str, field: str, sentence: str) -> Cell[str]:
    return Cell(None, text, Problem(word, field, sentence))
