"""Steps of the care coordinator: a review is booked, written, recorded, scored, sent to panel."""

from datetime import date

from tests.journeys.visitor import Visitor

# Kind, what is needed, and whether it arises from the disorder and reduces the risk.
NEEDS = (
    ("Accommodation with support", "A shared house with staff at night", "Yes", "Yes"),
    ("Medication and treatment", "Prompting twice a day", "Yes", "Yes"),
    ("Something to do by day", "Rides the trains at weekends", "No", "No"),
)
# Service, provider, the need it meets, pounds a week.
SERVICES = (
    ("Supported living", "Elm Lodge", "1. Accommodation with support", "1,480.25"),
    ("One-to-one support, 20 hours", "Elm Lodge", "2. Medication and treatment", "493.50"),
    ("Travel pass", "", "3. Something to do by day", "18.50"),
)
SCORES = (
    ("Mental state and relapse", "High"),
    ("Risk to self", "Moderate"),
    ("Risk to others", "Low"),
    ("Medication and treatment", "Moderate"),
    ("Cognition", "Low"),
    ("Daily living", "Moderate"),
    ("Accommodation with support", "Moderate"),
)
LAST_SCORE = ("Physical health linked to the disorder", "Low")


def book_a_review(asha: Visitor, day: date) -> None:
    asha.press("Book the review").check("Book a review")
    asha.fill_day("Date of the review", day).fill("Time (optional)", "14:30")
    asha.fill("Place (optional)", "Elm Lodge").press("Book the review")
    asha.check("The review is booked for")


def begin_to_write(asha: Visitor, day: date) -> None:
    if "Write the review" not in asha.said:
        asha.press("Hold the review").check()
    asha.press("Write the review").check("When was it held?")
    asha.fill_day("Date the review was held", day).press("Write the review")


def write_the_review(asha: Visitor) -> None:
    asha.choose("Was it part of a CPA?", "Yes")
    name_who_took_part(asha)
    asha.fill("What the person says", "I like it here, and sleep well.")
    asha.fill("Mental state, medication and relapse signs", "Well since June; depot taken.")
    asha.fill("Risks (optional)", "Stops taking medication when left alone with it.")
    for number, need in enumerate(NEEDS):
        if number:
            asha.press("Add a need")
        write_a_need(asha, f"#needs-{number}", *need)
    for number, service in enumerate(SERVICES):
        if number:
            asha.press("Add a service")
        write_a_service(asha, number, *service)
    asha.choose("Recommendation", "Continue with a changed package")
    asha.fill("Reasons", "One-to-one support has kept Bola out of hospital.")


def name_who_took_part(asha: Visitor) -> None:
    asha.tick("Bola Birch").tick("Asha").press("Add a person")
    asha.fill("Name", "Sara Cole", "#people-2")
    asha.select("Takes part as", "Social worker, council", "#people-2")


def write_a_need(asha: Visitor, row: str, kind: str, words: str, arises: str, reduces: str) -> None:
    asha.select("Kind of need", kind, row).fill("What is needed now", words, row)
    asha.choose("(a)", arises, row)
    asha.choose("(b)", reduces, row)


def write_a_service(
    asha: Visitor, number: int, words: str, provider: str, need: str, cost: str
) -> None:
    row = f"#lines-{number}"
    asha.fill("Service", words, row).fill("Provider", provider, row)
    asha.select("Need it meets", need, row)
    asha.fill(f"Service {number + 1}, pounds a week from then", cost, row)


def try_a_cost_of_lots(asha: Visitor) -> None:
    """A wrong amount gets its sentence, and loses nothing that was typed."""
    cost = "Service 3, pounds a week from then"
    asha.fill(cost, "lots").press("Check your answers")
    asha.check("There is a problem", "Enter an amount in pounds, like 1,234.50")
    assert asha.labelled(cost).input_value() == "lots"
    assert asha.labelled("What the person says").input_value() == "I like it here, and sleep well."
    asha.fill(cost, "18.50")


def record_the_review(asha: Visitor) -> None:
    asha.press("Check your answers")
    asha.check("Check your answers", "Sara Cole", "£1,480.25", "£493.50", "£18.50").picture("check")
    asha.press("Record the review")
    asha.check("The review is recorded. The needs are agreed.", "Work out the split")


def score(asha: Visitor, domain: str, level: str) -> None:
    asha.choose(domain, f"{level} ").fill(f"Evidence for {domain}", f"{level}, by the review.")


def try_without_one_score(asha: Visitor) -> None:
    asha.press("Work out the split").check("Sample matrix, no council’s and no ICB’s own")
    for domain, level in SCORES:
        score(asha, domain, level)
    asha.press("Propose this split")
    asha.check("Choose a level for Physical health linked to the disorder")


def see_how_the_split_comes_about(asha: Visitor) -> None:
    score(asha, *LAST_SCORE)
    asha.check(
        "Section 117 services £1,973.75 2 services, £1,992.25 less £18.50 under the Care Act",
        "Points 28 of 48 6 + 4 + 2 + 4 + 2 + 4 + 4 + 2",
        "Band 20 to 29",
        "Odd penny 1p off the ICB",
        "£986.87 a week",
        "£986.88 a week",
    ).picture("split")


def propose_it_and_send_it_to_panel(asha: Visitor) -> None:
    asha.press("Propose this split").check("Split proposed: ICB £986.87 and council £986.88 a week")
    asha.press("Send to panel").check("Send to panel", "50% ICB of £1,973.75 a week")
    asha.press("Send to panel").check("Sent to Eastmere panel. It is in the tray")
