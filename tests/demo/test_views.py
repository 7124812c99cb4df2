from django.urls import reverse

from accounts.models import User
from demo.cast import sign_ins


def test_the_sign_in_page_offers_every_role(client, db):
    page = client.get(reverse("demo:sign_in")).content.decode()

    assert [person.name for person in sign_ins() if f"Sign in as {person.name}" not in page] == []


def test_one_click_signs_in(client, db):
    person = sign_ins()[0]
    user = User.objects.create(email=person.email, name=person.name)

    client.post(reverse("demo:sign_in_as"), {"email": person.email})

    assert client.session["_auth_user_id"] == str(user.pk)


def test_nobody_else_can_be_signed_in_as(client, db):
    User.objects.create(email="real@example.test", name="Real")

    response = client.post(reverse("demo:sign_in_as"), {"email": "real@example.test"})

    assert response.status_code == 404
