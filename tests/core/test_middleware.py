from uuid import uuid4

import pytest
from django.urls import reverse


@pytest.mark.parametrize("address", ["/?q=%00", "/cohorts/register/?q=a%00b", "/%00/"])
def test_a_null_byte_is_refused(client, cast, address):
    client.force_login(cast.asha)

    assert client.get(address).status_code == 400


def test_signed_in_pages_are_never_stored(client, cast):
    client.force_login(cast.asha)

    assert client.get(reverse("accounts:partnership_change"))["Cache-Control"] == "no-store"


def test_the_address_of_a_button_answers_in_words(client, cast):
    client.force_login(cast.asha)

    response = client.get(reverse("casework:split_return", args=[uuid4()]))

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Nothing was sent" in response.content.decode()
