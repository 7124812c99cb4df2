import pytest

from matrices.policy.reading import BadDocument, check_fields, rows, text, whole_number, yes_or_no


@pytest.mark.parametrize(
    ("value", "kind"),
    [(None, "nothing"), ([], "a list"), ("a", "text"), (True, "true or false"), (7, "7")],
)
def test_what_was_found_instead_is_named(value, kind):
    with pytest.raises(BadDocument) as caught:
        check_fields(value, ("code",), where="Row 1")
    assert str(caught.value) == f"Row 1 must be an object with fields, not {kind}."


@pytest.mark.parametrize("read", [text, whole_number, yes_or_no, rows])
def test_a_field_without_a_default_must_be_there(read):
    with pytest.raises(BadDocument, match="Row 1: “code” is missing"):
        read({}, "code", where="Row 1")


def test_a_default_stands_in_for_a_field_left_out():
    assert text({}, "guidance", where="Row 1", default="") == ""
    assert yes_or_no({}, "mandatory", where="Row 1", default=True) is True
    assert rows({}, "prompts", where="Row 1", default=[]) == []


def test_layout_is_kept_in_text():
    assert text({"guidance": "a\n\tb"}, "guidance", where="Row 1") == "a\n\tb"
