from accounts.enums import Role
from casework.queries.my_work import GROUPS_OF, in_words, my_work


def test_every_role_has_its_groups():
    assert set(GROUPS_OF) == set(Role)


def test_the_page_says_how_much_waits(cast, case_of, today):
    assert in_words([]) == "Nothing waits for you."

    case_of(due=-3)

    assert in_words(my_work(cast.asha, today)) == ("1 thing waits for you.")
