import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.policy.register_columns import (
    FIELDS,
    find_header,
    heading_words,
    is_repeated_header,
    mapping_from_json,
    propose_mapping,
)

HARROW = {
    "NHS No": "nhs_number",
    "Surname": "family_name",
    "Forename": "given_names",
    "D.O.B": "born_on",
    "Client Group": "client_group",
    "Section": "section",
    "Date of Section": "detained_on",
    "Discharged from hospital": "left_hospital_on",
    "Care Co-ordinator": "care_coordinator",
    "Last S117 review": "last_reviewed_on",
    "Next review due": "next_review_due",
    "Provider": "provider",
    "Weekly cost": "weekly_cost",
    "Split CCG/LA": "shares",
    "Out of borough?": "out_of_area",
    "Postcode": "postcode",
    "Comments": "comments",
}
ANOTHER = {
    "Person Ref": "local_reference",
    "Name 'SURNAME, First'": "full_name",
    "NHS #": "nhs_number",
    "DOB": "born_on",
    "Primary need": "client_group",
    "Lead worker": "care_coordinator",
    "Sec": "section",
    "117 from": "left_hospital_on",
    "Last rev": "last_reviewed_on",
    "Next rev": "next_review_due",
    "Gross weekly (£)": "weekly_cost",
    "Health %": "health_share",
    "OOA": "out_of_area",
    "Team": None,
    "Annual cost": None,
}
A_THIRD = {
    "Post code": "postcode",
    "Notes": "comments",
    "First name": "given_names",
    "Last name": "family_name",
    "Date of Birth": "born_on",
    "NHS no.": "nhs_number",
    "Client type": "client_group",
    "Legal status": "section",
    "Detention date": "detained_on",
    "Date s117 started": "left_hospital_on",
    "Key worker": "care_coordinator",
    "Date of last review": "last_reviewed_on",
    "Review due date": "next_review_due",
    "Current placement": "provider",
    "£ per week": "weekly_cost",
    "ICB share": "health_share",
    "LA share": "la_share",
    "Out of county": "out_of_area",
    "RiO no": "local_reference",
    "GP surgery": "gp_practice",
    "Ethnicity": "ethnic_category",
    "Review date": None,
    "Next of kin": None,
}


@pytest.mark.parametrize("headings", [HARROW, ANOTHER, A_THIRD])
def test_propose_mapping_by_headings_alone(headings):
    mapping = propose_mapping((4, list(headings)), [])

    assert {column.heading: column.field for column in mapping.columns} == headings
    assert mapping.clashes() == []
    assert mapping.missing() == []


@pytest.mark.parametrize("headings", [HARROW, ANOTHER, A_THIRD])
def test_propose_mapping_in_any_order(headings):
    mapping = propose_mapping((4, list(reversed(headings))), [])

    assert {column.heading: column.field for column in mapping.columns} == headings


@pytest.mark.parametrize(
    ("heading", "council_first"),
    [
        ("Split CCG/LA", False),
        ("H/SC split", False),
        ("Funding split", False),
        ("LA/ICB split", True),
        ("Council : NHS", True),
        ("SC/Health %", True),
    ],
)
def test_propose_mapping_sees_who_comes_first(heading, council_first):
    mapping = propose_mapping((1, ["Surname", heading]), [])

    assert (mapping.columns[1].field, mapping.council_first) == ("shares", council_first)


def test_propose_mapping_leaves_a_column_to_be_chosen_when_its_values_contradict_it():
    samples = [(2, ["Okoro", word]) for word in ("see notes", "ask Ann", "none held")]

    assert propose_mapping((1, ["Surname", "Next review"]), samples).columns[1].field is None


def test_propose_mapping_knows_nhs_numbers_without_a_heading():
    samples = [(row, ["Okoro", "999 861 8959"]) for row in range(2, 6)]

    assert propose_mapping((1, ["Surname", None]), samples).columns[1].field == "nhs_number"


def test_propose_mapping_shows_a_column_without_heading():
    mapping = propose_mapping((1, ["Surname"]), [(2, ["Okoro", "lives with aunt"])])

    assert [(column.heading, column.examples) for column in mapping.unknown()] == [
        ("", ("lives with aunt",))
    ]


def test_mapping_with_fields_chosen_by_a_person():
    mapping = propose_mapping((1, ["Surname", "Zzz", "Review"]), [])

    chosen = mapping.with_fields({1: "family_name", 2: "ignore"})

    assert chosen.clashes() == ["family_name"]
    assert chosen.fields() == {0: "family_name", 1: "family_name"}


def test_mapping_round_trip_as_json():
    mapping = propose_mapping(
        (4, ["Surname", None, "LA/ICB split"]), [(5, ["Okoro", "x", "40/60"])]
    )

    assert mapping_from_json(4, mapping.as_json()) == mapping


def test_find_header_under_titles():
    rows = [
        (1, ["S117 REGISTER - joint LA / CCG / Trust - CONFIDENTIAL"]),
        (2, ["Name of person keeping this", "Ann"]),
        (4, list(HARROW)),
        (5, ["999 861 8959", "OKORO", "Lena"]),
    ]

    assert find_header(rows) == 4
    assert find_header(rows[:2]) is None
    assert find_header([]) is None


def test_is_repeated_header():
    mapping = propose_mapping((4, list(HARROW)), [])

    assert is_repeated_header([heading.upper() for heading in HARROW], mapping)
    assert not is_repeated_header(["999 861 8959", "OKORO", "Lena"], mapping)


@pytest.mark.parametrize("heading", ["D.O.B", "D.O.B.", "d.o.b", "DOB", "dob "])
def test_heading_words_reads_initials(heading):
    assert heading_words(heading) == ("dob",)


@given(st.lists(st.text() | st.none() | st.floats() | st.sampled_from(list(ANOTHER)), max_size=12))
def test_propose_mapping_never_raises_nor_drops_a_heading(headings):
    mapping = propose_mapping((1, headings), [(2, headings)])

    held = {column.index for column in mapping.columns}
    assert held >= {index for index, heading in enumerate(headings) if isinstance(heading, float)}
    assert {column.field for column in mapping.columns} <= {None, *FIELDS}
    assert mapping.clashes() == []
