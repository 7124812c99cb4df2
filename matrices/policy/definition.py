"""What a matrix says, as a document: its domains, their levels, and the bands that give a split.

The published form is docs/matrix-schema.json. One method so far, points to bands; a definition
names its method, so that others can stand beside it.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

ICB, LA = "ICB", "LA"
BODIES = (ICB, LA)  # in the order in which they are shown
CLIENT_GROUPS = ("LD", "MH", "OP")
POINTS_TO_BANDS = "points_to_bands"
CONTINUING_HEALTHCARE = "continuing_healthcare"
DOMAINS_AT_TOP_LEVEL = "domains_at_top_level"


@dataclass(frozen=True)
class Level:
    code: str
    name: str
    points: int


@dataclass(frozen=True)
class Domain:
    code: str
    name: str
    guidance: str
    levels: tuple[Level, ...]
    mandatory: bool

    @property
    def top_points(self) -> int:
        return max(level.points for level in self.levels)

    def level(self, code: str) -> Level | None:
        return next((level for level in self.levels if level.code == code), None)

    def is_top(self, level: Level) -> bool:
        return level.points == self.top_points > 0


@dataclass(frozen=True)
class Band:
    """A range of points, both ends included, and the share the ICB pays in it."""

    low: int
    high: int
    icb_share: Fraction

    @property
    def shares(self) -> dict[str, Fraction]:
        return {ICB: self.icb_share, LA: 1 - self.icb_share}

    def __str__(self) -> str:
        return f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"


@dataclass(frozen=True)
class Prompt:
    """Something to consider when the answers call for it. It never changes a split."""

    code: str
    when: str
    at_least: int


@dataclass(frozen=True)
class Definition:
    method: str
    client_group: str
    title: str
    is_sample: bool
    residual: str  # the body that takes the odd penny
    domains: tuple[Domain, ...]
    bands: tuple[Band, ...]
    prompts: tuple[Prompt, ...]

    @property
    def max_points(self) -> int:
        return sum(domain.top_points for domain in self.domains)

    def band_of(self, points: int) -> Band:
        return next(band for band in self.bands if band.low <= points <= band.high)

    def as_json(self) -> dict[str, Any]:
        """Return the document that `parse_definition` reads: the same for the same matrix."""
        return {
            "method": self.method,
            "client_group": self.client_group,
            "title": self.title,
            "is_sample": self.is_sample,
            "residual": self.residual,
            "domains": [
                {
                    "code": domain.code,
                    "name": domain.name,
                    "guidance": domain.guidance,
                    "mandatory": domain.mandatory,
                    "levels": [
                        {"code": level.code, "name": level.name, "points": level.points}
                        for level in domain.levels
                    ],
                }
                for domain in self.domains
            ],
            "bands": [
                {"low": band.low, "high": band.high, "icb_share": str(band.icb_share)}
                for band in self.bands
            ],
            "prompts": [
                {"code": prompt.code, "when": prompt.when, "at_least": prompt.at_least}
                for prompt in self.prompts
            ],
        }
