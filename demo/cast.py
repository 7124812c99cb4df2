"""The people of the demonstration, one for each role, as `demo/people.yaml` names them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

PEOPLE = Path(__file__).parent / "people.yaml"


@dataclass(frozen=True)
class SignIn:
    """Somebody to try the demonstration as."""

    role: str
    name: str
    organisation: str
    email: str
    begins: str  # what their day begins with, in a sentence


@cache
def sign_ins() -> tuple[SignIn, ...]:
    """Return one person a role, in the order of the day."""
    return tuple(SignIn(**person) for person in yaml.safe_load(PEOPLE.read_text())["sign_ins"])
