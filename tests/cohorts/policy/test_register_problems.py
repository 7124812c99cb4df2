import pytest

from cohorts.policy.register_problems import what_to_do, why


@pytest.mark.parametrize(
    ("word", "field", "reason", "action"),
    [
        ("born_on_unreadable", "born_on", "Date of birth cannot be read", "Type the dates"),
        ("born_on_in_future", "born_on", "Date of birth is in the future", "Type the dates"),
        ("nhs_number_unreadable", "nhs_number", "NHS number cannot be read", "Type the NHS number"),
        ("client_group_missing", "client_group", "No client group", "Type the client group"),
        ("provider_too_long", "provider", "Provider is too long", "Shorten the provider"),
        ("shares_not_100", "shares", "Split does not add up to 100%", "Type the shares"),
        ("something_new", "section", "Section needs checking", "Check, and correct"),
        ("something_new", "unheard_of", "This needs checking", "Check, and correct"),
    ],
)
def test_why_and_what_to_do(word, field, reason, action):
    assert (why(word, field), what_to_do(word, field)) == (reason, action)
