import pytest

from cohorts.policy.register_columns import FIELDS, heading_words, score_heading
from cohorts.policy.register_words import FIELD_PHRASES, FIELD_VETOES, SAME_WORD

PHRASES = [(field, phrase) for field, phrases in FIELD_PHRASES.items() for phrase in phrases]


def test_words_name_fields_that_exist():
    assert FIELD_PHRASES.keys() | FIELD_VETOES.keys() <= FIELDS.keys()


@pytest.mark.parametrize(("field", "phrase"), PHRASES)
def test_each_phrase_is_found_by_its_field(field, phrase):
    assert score_heading(" ".join(phrase), field) >= 0.6


@pytest.mark.parametrize("word", SAME_WORD.values())
def test_each_word_is_in_its_plainest_form(word):
    assert SAME_WORD.get(word, word) == word


def test_heading_words_of_a_heading_as_staff_write_it():
    assert heading_words("Date of last s.117 rev.") == ("date", "last", "s117", "review")
