import hashlib

from matrices.policy.content import canonical_hash


def test_hash_does_not_depend_on_the_order_of_fields():
    assert canonical_hash({"a": 1, "b": "é"}) == canonical_hash({"b": "é", "a": 1})


def test_hash_is_that_of_the_canonical_text():
    expected = hashlib.sha256('{"a":["£1.00"]}'.encode()).hexdigest()

    assert canonical_hash({"a": ["£1.00"]}) == expected


def test_any_change_of_content_changes_the_hash():
    assert canonical_hash({"weekly": "671.87"}) != canonical_hash({"weekly": "671.88"})
