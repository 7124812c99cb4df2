"""The score sheet: each domain's level and evidence, from when, and another share if wanted."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms import DateField, Form, InlineRadioSelect
from matrices.models import Assessment
from matrices.policy.definition import Domain
from matrices.queries import LastTime, definition_of

LONGEST_EVIDENCE = 600


class ShareField(forms.CharField):
    """A part of a whole: "62.5", "62.5%" or, where a percentage would be inexact, "1/3"."""

    default_error_messages = {
        "invalid": "Enter the ICB’s share as a percentage like 62.5, or as a fraction like 1/3",
        "range": "The ICB’s share must be from 0% to 100%",
    }

    def clean(self, value: Any) -> Fraction | None:
        typed = super().clean(value).replace(" ", "").removesuffix("%")
        if not typed:
            return None
        if re.fullmatch(r"\d{1,4}/[1-9]\d{0,3}", typed, re.ASCII):
            share = Fraction(typed)
        elif re.fullmatch(r"-?\d{1,6}(\.\d{1,4})?", typed, re.ASCII):
            share = Fraction(Decimal(typed)) / 100
        else:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if not 0 <= share <= 1:
            raise ValidationError(self.error_messages["range"], code="range")
        return share


@dataclass(frozen=True)
class Score:
    """One domain on the sheet: its two fields, and what was scored last time."""

    domain: Domain
    last_time: str
    level: forms.BoundField
    evidence: forms.BoundField


class AssessmentForm(Form):
    """Everything may be left open while it is a draft; `for_proposal` asks for all of it."""

    effective_from = DateField(
        label="In force from", help_text="For example, 1 4 2027", required=False
    )
    icb_share = ShareField(
        label="ICB’s share, %", required=False, help_text="62.5, or a fraction like 1/3"
    )
    reasons = forms.CharField(
        label="Why it departs from the matrix",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    submit = ""

    def __init__(
        self,
        *args: Any,
        assessment: Assessment,
        last: LastTime | None = None,
        for_proposal: bool = False,
        for_departure: bool = False,
        **kwargs: Any,
    ) -> None:
        self.last, self.assessment = last, assessment
        self.for_proposal, self.for_departure = for_proposal, for_departure
        self.domains = definition_of(assessment.version).domains
        kwargs["initial"] = self._saved() | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        scores: dict[str, forms.Field] = {}
        for domain in self.domains:
            scores[f"level_{domain.code}"] = forms.ChoiceField(
                label=domain.name,
                choices=[(it.code, f"{it.name} {it.points}") for it in domain.levels],
                widget=InlineRadioSelect,
                required=False,
                error_messages={"invalid_choice": f"Choose a level for {domain.name}"},
            )
            scores[f"evidence_{domain.code}"] = forms.CharField(
                label="Evidence",
                required=False,
                max_length=LONGEST_EVIDENCE,
                error_messages={
                    "max_length": f"Evidence for {domain.name} must be "
                    f"{LONGEST_EVIDENCE} characters or fewer"
                },
            )
        self.fields = scores | self.fields
        self.fields["icb_share"].widget.attrs["class"] = "govuk-input--width-5"

    def _saved(self) -> dict[str, str]:
        saved = {}
        for code, answer in self.assessment.answers.items():
            saved[f"level_{code}"] = answer.get("level", "")
            saved[f"evidence_{code}"] = answer.get("evidence", "")
        return saved

    @property
    def scores(self) -> list[Score]:
        return [
            Score(
                domain=domain,
                last_time=self.last.levels.get(domain.code, "") if self.last else "",
                level=self[f"level_{domain.code}"],
                evidence=self[f"evidence_{domain.code}"],
            )
            for domain in self.domains
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.for_proposal:
            self._ask_for_scores(cleaned)
            if not cleaned.get("effective_from") and "effective_from" not in self.errors:
                self.add_error("effective_from", "Enter the day from which the split is in force")
        if self.for_departure:
            if cleaned.get("icb_share") is None and "icb_share" not in self.errors:
                self.add_error("icb_share", "Enter the ICB’s share that you propose")
            if not cleaned.get("reasons"):
                self.add_error("reasons", "Say why the split departs from the matrix")
        return cleaned

    def _ask_for_scores(self, cleaned: dict[str, Any]) -> None:
        for domain in self.domains:
            level, evidence = f"level_{domain.code}", f"evidence_{domain.code}"
            if cleaned.get(level):
                if not cleaned.get(evidence) and evidence not in self.errors:
                    self.add_error(evidence, f"Enter the evidence for {domain.name}")
            elif domain.mandatory and level not in self.errors:
                self.add_error(level, f"Choose a level for {domain.name}")

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """What may be saved now; where the sheet holds something invalid, what was saved before."""
        saved = self._saved()
        return {
            domain.code: {
                part: self.cleaned_data.get(name, saved.get(name, ""))
                for part, name in (
                    ("level", f"level_{domain.code}"),
                    ("evidence", f"evidence_{domain.code}"),
                )
            }
            for domain in self.domains
        }

    @property
    def proposal(self) -> dict[str, Any]:
        """What is proposed with the scores: from when and, for a departure, which share and why."""
        proposal = {"effective_from": self.cleaned_data["effective_from"]}
        if self.for_departure:
            proposal["icb_share"] = self.cleaned_data["icb_share"]
            proposal["reasons"] = self.cleaned_data["reasons"]
        return proposal

    def differing(self) -> list[str]:
        """Name the domains whose saved answers are not the ones on this sheet."""
        return [
            domain.name
            for domain in self.domains
            if self.answers[domain.code]
            != self.assessment.answers.get(domain.code, {"level": "", "evidence": ""})
        ]
