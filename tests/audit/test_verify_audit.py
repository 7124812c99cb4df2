import pytest
from django.core.management import CommandError, call_command

from audit.models import Chain
from audit.operations import record
from tests.cast import NOON


def test_verify_audit_says_that_a_chain_is_whole(cast, capsys):
    record("tests.done", on=cast.eastmere, by=cast.asha, at=NOON)

    call_command("verify_audit")

    assert f"{cast.eastmere.pk}: 1 lines, whole" in capsys.readouterr().out


def test_verify_audit_fails_when_the_end_was_cut_off(cast):
    record("tests.done", on=cast.eastmere, by=cast.asha, at=NOON)
    Chain.objects.update(length=2)

    with pytest.raises(CommandError, match="tampered"):
        call_command("verify_audit")
