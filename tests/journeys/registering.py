"""Steps at the register: it goes in, its cohorts are put right, a case is given to somebody."""

from datetime import date
from pathlib import Path

from tests.journeys.visitor import Visitor

REGISTER = Path(__file__).parents[1] / "data" / "register-harrow.xlsx"
PLAN = (  # as it is worded: not a partition
    ("A", "Last reviewed", date(2018, 10, 1), date(2018, 12, 31)),
    ("B", "Next review due", date(2019, 1, 1), date(2019, 2, 28)),
    ("C", "Next review due", date(2019, 3, 1), None),
)
WHY_ROWS_WAIT = (
    "Date of birth cannot be read 9 rows",
    "Split does not add up to 100% 6 rows",
    "Section gives no entitlement 6 rows",
    "No NHS number 6 rows",
    "NHS number has a mistyped digit 5 rows",
    "Next review date cannot be read 4 rows",
    "NHS number is there twice 4 rows",
    "Date of birth is in the future 2 rows",
)


def upload_the_register(paula: Visitor) -> None:
    paula.check("My work").press("Import a register").check().press("Import a register")
    paula.check("Import a register", "Nothing goes into the register until you say so")
    paula.page.get_by_label("The register").set_input_files(REGISTER)
    paula.press("Upload and check")


def check_the_preview(paula: Visitor) -> None:
    paula.sees("Check the file before importing", seconds=30)
    paula.check("412 rows hold a person", "370 ready", "42 need a person", *WHY_ROWS_WAIT)
    paula.check("17 of 17 columns matched", "Import 370 rows").picture("preview")


def import_the_rows(paula: Visitor) -> None:
    paula.press("Import 370 rows").sees("370 rows are in the register", seconds=30)
    paula.check("New cases 370", "Wait for a person 42")


def write_the_rules(paula: Visitor) -> None:
    """Type the rules just as the plan words them, see what they would do, use them."""
    paula.press("Write the rules").check("There are no rules yet").press("Write the rules")
    for _ in PLAN[1:]:
        paula.press("Add a rule")
    for number, rule in enumerate(PLAN, start=1):
        type_rule(paula, number, *rule)
    paula.check().press("See what would move").check("Nothing has changed yet")
    paula.press("Use these rules").check("The rules are in use")


def see_what_the_rules_leave_out(paula: Visitor) -> None:
    paula.check(
        "120 cases are claimed by C alone",
        "106 cases are claimed by B alone",
        "40 cases are claimed by both A and C",
        "104 cases no rule places",
    ).picture("rules")


def mend_the_first_rule(paula: Visitor) -> None:
    """Let A look at the next review, not the last: then every case has a place."""
    paula.press("Change the rules").check()
    type_rule(paula, 1, "A", "Next review due", date(2018, 10, 1), date(2018, 12, 31))
    paula.press("See what would move").check("Nothing has changed yet", "144 cases would move")
    paula.check("none is left over").picture("would-move")
    paula.press("Use these rules")
    paula.check(
        "104 cases are claimed by A alone",
        "106 cases are claimed by B alone",
        "160 cases are claimed by C alone",
        "Every case has a place",
    )


def put_a_row_right(paula: Visitor) -> None:
    paula.press("My work").press("Import a register").check("register-harrow.xlsx")
    paula.press("register-harrow.xlsx").press("Put the rows right")
    paula.check("Row 7: WREN, Wen", "The file says: 60/50", "The shares add up to 110")
    paula.fill("Split, health and council", "60/40").press("Save the row")
    paula.check("Row 7 is right now, and is in the register. 41 rows wait.")


def give_cases(paula: Visitor, references: list[str], coordinator: str) -> None:
    """Tick cases in the register, which is sorted by name, and give them to somebody."""
    paula.press("Register").check("371 cases open, 371 overdue").press("Case").check("BIRCH, Bola")
    for reference in references:
        paula.tick(reference)
    paula.press("Change care coordinator").check("3 cases", "BIRCH, Bola", "Nobody yet")
    paula.select("Care coordinator", coordinator).press("Change care coordinator")
    paula.check(f"3 cases now have {coordinator} as care coordinator")


def type_rule(paula: Visitor, number: int, cohort: str, field: str, first, last) -> None:
    rule = f"#rule-{number}"
    paula.select("Cohort", cohort, rule).select("Date looked at", field, rule)
    for question, day in (("From", first), ("To", last)):
        if day:
            paula.fill_day(question, day, rule)
