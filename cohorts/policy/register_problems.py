"""What keeps a row of a register waiting, in the words of the screens."""

from cohorts.policy.register_columns import FIELDS

# Of each problem: why the row waits, and what the person does about it.
_SAID = {
    "nhs_number_missing": ("No NHS number", "Trace, or say why there is none"),
    "nhs_number_check_digit": ("NHS number has a mistyped digit", "Type the number"),
    "nhs_number_duplicate": ("NHS number is there twice", "Say which row is right"),
    "nhs_number_of_somebody_else": (
        "NHS number belongs to somebody else with another date of birth or name",
        "Check both, type what is right",
    ),
    "section_not_entitling": ("Section gives no entitlement", "Correct the section, or leave out"),
    "shares_not_100": ("Split does not add up to 100%", "Type the shares"),
    "case_ended": ("After-care has ended", "Leave out, or type the new date"),
    "review_before_entitlement": ("Review held before the case began", "Correct the date"),
    "due_before_last_review": ("Next review due before the last one", "Correct one of the dates"),
    "due_before_entitlement": ("Next review due before the case began", "Correct the date"),
    "detained_before_birth": ("Detained before birth", "Correct one of the dates"),
    "left_hospital_before_birth": ("Left hospital before birth", "Correct one of the dates"),
    "left_hospital_before_detention": (
        "Left hospital before being detained",
        "Correct one of the dates",
    ),
    "weekly_cost_not_weekly": ("Cost is not a week’s", "Type the cost a week"),
    "weekly_cost_negative": ("Cost is below nought", "Type the cost a week"),
    "weekly_cost_too_large": ("Cost is too large for a week", "Type the cost a week"),
}
_LABELS = {
    "left_hospital_on": "Date of leaving hospital",
    "detained_on": "Date of detention",
    "last_reviewed_on": "Last review date",
    "next_review_due": "Next review date",
    "shares": "Split",
    "full_name": "Name",
}
_ENDINGS = {  # the end of a problem's word -> what is said of its field, and what to do
    "_unreadable": ("{label} cannot be read", "Type {it}"),
    "_missing": ("No {label_small}", "Type {it}"),
    "_in_future": ("{label} is in the future", "Type {it}"),
    "_too_long": ("{label} is too long", "Shorten {it}"),
    "_not_100": ("{label} is not between 0 and 100%", "Type {it}"),
}
_DATES = ("born_on", "detained_on", "left_hospital_on", "last_reviewed_on", "next_review_due")


def label_of(field: str) -> str:
    """Return a field's name as the screens say it."""
    return _LABELS.get(field, FIELDS.get(field, "This"))


def why(word: str, field: str) -> str:
    """Return why a row waits: "Date of birth cannot be read"."""
    return _said(word, field)[0]


def what_to_do(word: str, field: str) -> str:
    """Return what a person does about it: "Type the dates"."""
    return _said(word, field)[1]


def _said(word: str, field: str) -> tuple[str, str]:
    if word in _SAID:
        return _SAID[word]
    for ending, (reason, action) in _ENDINGS.items():
        if word.endswith(ending):
            label = label_of(field)
            names = {"label": label, "label_small": _small(label), "it": _it(field)}
            return reason.format(**names), action.format(**names)
    return f"{label_of(field)} needs checking", "Check, and correct"


def _it(field: str) -> str:
    return "the dates" if field in _DATES else f"the {_small(label_of(field))}"


def _small(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
