"""The sheet of a review: shown as typed, and read as one set of answers when it is whole."""

from collections import Counter
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from aftercare.enums import Duty, NeedDomain
from aftercare.operations import LineInput, NeedInput
from aftercare.policy import duty_of
from core.dates import in_words
from core.forms import DateField, MoneyField, YesNoField
from core.refusals import Refused
from reviews.enums import Capacity, Recommendation
from reviews.forms.drafts import as_data
from reviews.forms.rows import LineFormSet, NeedFormSet, PeopleFormSet, TypedForm
from reviews.forms.short import checked_day
from reviews.models import Review
from reviews.operations.endings import check_may_end
from reviews.operations.writing import AttendanceInput, ReviewAnswers
from reviews.policy import is_joint
from reviews.queries.before import Before
from reviews.queries.shown import ShownLine, ShownReview, capacity_in_words, shown

ROWS_OF_TEXT = {"rows": 3}
LIMBS = {"yes": True, "no": False}
TAGS = {Duty.S117: "green", Duty.CARE_ACT: "grey"}


class OpenRadioSelect(forms.RadioSelect):
    """Radios of which some may be shut for now."""

    shut: tuple[str, ...] = ()

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.shut:
            option["attrs"]["disabled"] = True
        return option


class ReviewForm(TypedForm):
    """All of a review but its rows."""

    held_on = DateField(label="Date the review was held")
    part_of_cpa = YesNoField(
        label="Was it part of a CPA?", error_messages={"required": "Answer whether it was a CPA"}
    )
    cpa_arranged_for = DateField(label="Date for which a CPA is arranged", required=False)
    person_says = forms.CharField(
        label="What the person says",
        widget=forms.Textarea(attrs=ROWS_OF_TEXT),
        error_messages={"required": "Enter what the person says, or why that is not known"},
    )
    progress = forms.CharField(
        label="Mental state, medication and relapse signs",
        widget=forms.Textarea(attrs=ROWS_OF_TEXT),
        error_messages={"required": "Enter how the person has been since the last review"},
    )
    risks = forms.CharField(
        label="Risks (optional)", required=False, widget=forms.Textarea(attrs=ROWS_OF_TEXT)
    )
    package_starts_on = DateField(
        label="From which day is this to count?",
        error_messages={"required": "Enter the day from which this is to count"},
    )
    recommendation = forms.ChoiceField(
        label="Recommendation", choices=Recommendation.choices, widget=OpenRadioSelect
    )
    recommendation_reasons = forms.CharField(
        label="Reasons", required=False, widget=forms.Textarea(attrs=ROWS_OF_TEXT)
    )

    reveals = {"part_of_cpa": {"no": ("cpa_arranged_for",)}}

    def __init__(self, *args, case, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.case, self.today = case, today
        if not _may_end(case):
            end = (Recommendation.END, f"{Recommendation.END.label} (not while the CTO lasts)")
            choices = [end if one[0] == end[0] else one for one in Recommendation.choices]
            self.fields["recommendation"].choices = choices
            self.fields["recommendation"].widget.shut = (Recommendation.END,)

    def clean_held_on(self):
        return checked_day(self.case, self.cleaned_data["held_on"], self.today)

    def clean_package_starts_on(self):
        day = self.cleaned_data["package_starts_on"]
        if day < self.case.entitled_from:
            began = in_words(self.case.entitled_from)
            raise ValidationError(f"The case began on {began}. Enter a day on or after that")
        return day

    def clean_recommendation(self):
        chosen = self.cleaned_data["recommendation"]
        if chosen == Recommendation.END:
            try:
                check_may_end(self.case)
            except Refused as refused:
                raise ValidationError(str(refused)) from refused
        return chosen

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("part_of_cpa") is False and "cpa_arranged_for" in cleaned:
            self._check_cpa(cleaned)
        chosen = cleaned.get("recommendation")
        if chosen and chosen != Recommendation.CONTINUE and not cleaned["recommendation_reasons"]:
            self.add_error("recommendation_reasons", "Enter the reasons for the recommendation")
        return cleaned

    def _check_cpa(self, cleaned):
        arranged, held_on = cleaned["cpa_arranged_for"], cleaned.get("held_on")
        if arranged is None:
            self.add_error("cpa_arranged_for", "Enter the day for which a CPA is arranged")
        elif held_on and arranged < held_on:
            after = f"The CPA follows the review of {in_words(held_on)}. Enter a day after it"
            self.add_error("cpa_arranged_for", after)


class ReviewSheet:
    """A review being written: what was typed, what it comes to, and whether it is whole."""

    def __init__(
        self,
        review: Review,
        draft: dict[str, object],
        before: Before,
        *,
        today: date,
        in_force: list | None = None,
        is_quiet: bool = True,
        opened: str = "",
    ):
        data = as_data(draft)
        self.review, self.before, self.in_force, self.opened = review, before, in_force, opened
        self.form = ReviewForm(data, case=review.case, today=today)
        self.people = PeopleFormSet(data, prefix="people")
        self.needs = NeedFormSet(data, prefix="needs")
        for form in (self.form, self.people, self.needs):
            form.is_quiet = is_quiet
        for need in self.needs.forms:
            self._dress_need(need)
        choices = [(str(need.number), f"{need.number}. {need.title}") for need in self._real_needs]
        self.lines = LineFormSet(data, prefix="lines", form_kwargs={"need_choices": choices})
        self.lines.is_quiet = is_quiet
        for line in self.lines.forms:
            self._dress_line(line)
        for person in self.people.forms:
            self._dress_person(person)

    @property
    def _real_needs(self):
        return self.needs.filled

    # What stands beside each row

    def _dress_need(self, need):
        domain = need.typed("domain")
        need.is_settled = domain in NeedDomain.values and self.opened != need.prefix
        need.title = NeedDomain(domain).label if domain in NeedDomain.values else "New need"
        need.last_time = self.before.needs.get(need.typed("copied_from"))
        need.limbs = [LIMBS.get(need.typed(n)) for n in ("arises_from_disorder", "reduces_risk")]
        need.duty = duty_of(arises_from_disorder=need.limbs[0], reduces_risk=need.limbs[1])
        open_limbs = [
            f"({word})" for word, said in zip("ab", need.limbs, strict=True) if said is None
        ]
        undecided = (f"Answer {' and '.join(open_limbs)}", "yellow")
        is_decided = need.duty in TAGS
        need.tag = (Duty(need.duty).label, TAGS[need.duty]) if is_decided else undecided

    def _dress_line(self, line):
        line.is_settled = self._is_settled_line(line)
        line.last_time = self.before.lines.get(line.typed("copied_from"))
        line.cost = amount_in(line.typed("weekly_cost"))
        line.cost_now = line.last_time.weekly_cost if line.last_time else None
        known = line.cost is not None
        line.change = line.cost - (line.cost_now or Decimal(0)) if known else None
        need = {str(need.number): need for need in self._real_needs}.get(line.typed("need"))
        line.duty = need.duty if need else Duty.UNDECIDED
        line.duty_words = Duty(line.duty).label if need else ""

    def _is_settled_line(self, line):
        typed = [line.typed("description"), line.typed("need")]
        wrong = {"description", "provider", "need"} & set(line.errors)
        return all(typed) and not wrong and self.opened != line.prefix

    def _dress_person(self, person):
        capacity = person.typed("capacity")
        is_whole = bool(person.typed("name")) and capacity in Capacity.values
        person.is_settled = is_whole and not person.errors
        person.words = capacity_in_words(capacity) if capacity in Capacity.values else ""

    @property
    def totals(self):
        """What the services come to, by duty: words, now, then, change; section 117 always."""
        rows = []
        for words, duties in (
            ("Section 117", {Duty.S117}),
            ("Care Act, outside the split", {Duty.CARE_ACT}),
            ("Need not settled yet", {Duty.UNDECIDED}),
        ):
            chosen = [line for line in self.lines.filled if line.duty in duties]
            if chosen or Duty.S117 in duties:
                now = sum((line.cost_now or Decimal(0) for line in chosen), Decimal(0))
                costs = [line.cost for line in chosen]
                new = None if None in costs else sum(costs, Decimal(0))
                rows.append((words, now, new, None if new is None else new - now))
        return rows

    @property
    def starts_on(self):
        """The day from which the services are to count, as far as it can be read."""
        field = self.form.fields["package_starts_on"]
        try:
            return field.clean(self.form["package_starts_on"].value())
        except ValidationError:
            return None

    @property
    def named(self):
        """The people of whom both name and capacity are known."""
        return [person for person in self.people.forms if person.is_settled]

    @property
    def took_part(self):
        return [p.typed("capacity") for p in self.people.filled if p.typed("took_part")]

    @property
    def is_joint(self):
        return is_joint(self.took_part)

    @property
    def sections(self):
        """The parts of the sheet: name, anchor, how far it is in words and a colour."""
        form, needs, lines = self.form, self.needs.filled, self.lines.filled
        held = [any(form["held_on"].value() or ()), bool(form.typed("part_of_cpa"))]
        texts = [bool(form.typed(name)) for name in ("person_says", "progress")]
        whole = [need.duty != Duty.UNDECIDED and bool(need.typed("description")) for need in needs]
        priced = [line.cost is not None and line.duty != Duty.UNDECIDED for line in lines]
        parts = (
            ("When it was held", "held", held),
            ("Who took part", "people", [bool(self.took_part)]),
            ("Views and progress", "views", texts),
            ("Needs", "needs", whole or [False]),
            ("Services and cost", "services", priced or [False]),
            ("Recommendation", "outcome", [bool(form.typed("recommendation"))]),
        )
        return [(name, anchor, *_progress(answered)) for name, anchor, answered in parts]

    # Whole or not

    def is_valid(self):
        parts = [self.form, self.people, self.needs, self.lines]
        judged = [part.is_valid() for part in parts]  # every part, so that all errors show at once
        if not all(judged):
            return False
        for sentence in self._missing():
            self.form.add_error(None, sentence)
        return self.form.is_valid()

    def _missing(self):
        chosen = self.form.cleaned_data["recommendation"]
        if not self.took_part:
            yield "Tick who took part in the review"
        named = Counter((p.typed("name"), p.typed("capacity")) for p in self.people.filled)
        for (name, _), count in named.items():
            if count > 1:
                yield f"{name} is named twice under who took part. Take one of the two out"
        if not self.needs.filled:
            yield "Add the needs that were agreed"
        if not self.lines.filled and chosen != Recommendation.END:
            yield "Add the services that meet the needs"
        if chosen == Recommendation.CONTINUE and self.in_force and self._told() != self.in_force:
            yield (
                "The services differ from those in force. "
                "Recommend a changed package, or put them back as they were"
            )

    def _told(self):
        lines = self.answers.lines
        return sorted((one.provider, one.is_s117, one.weekly_cost) for one in lines)

    def shown(self, change_url: str) -> ShownReview:
        """Return the review as it will be read; only of a sheet that is valid."""
        answers = self.answers
        lines = [
            ShownLine(
                description=line.description,
                provider=line.provider,
                need=str(line.need_position),
                is_s117=line.is_s117,
                weekly_cost=line.weekly_cost,
            )
            for line in answers.lines
        ]
        return shown(
            answers,
            people=answers.attendances,
            needs=answers.needs,
            lines=lines,
            starts_on=answers.package_starts_on,
            change_url=change_url,
        )

    @property
    def answers(self) -> ReviewAnswers:
        """The review as it is to be recorded; only of a sheet that is valid."""
        real = self._real_needs
        numbers = {str(need.number): place for place, need in enumerate(real, start=1)}
        cleaned = dict(self.form.cleaned_data)
        return ReviewAnswers(
            **cleaned,
            attendances=self._attendances(),
            needs=[_need_input(need.cleaned_data) for need in real],
            lines=[_line_input(line, numbers) for line in self.lines.filled],
        )

    def _attendances(self):
        """Somebody typed twice is one person, who took part when either says so."""
        took_part = {}
        for person in (form.cleaned_data for form in self.people.filled):
            key = person["name"], person["capacity"]
            took_part[key] = took_part.get(key, False) or person["took_part"]
        return [AttendanceInput(*key, took_part=there) for key, there in took_part.items()]


def _need_input(cleaned):
    return NeedInput(**{name: value for name, value in cleaned.items() if name != "copied_from"})


def _line_input(line, numbers):
    cleaned = line.cleaned_data
    return LineInput(
        description=cleaned["description"],
        provider=cleaned["provider"],
        weekly_cost=cleaned["weekly_cost"],
        need_position=numbers[cleaned["need"]],
        is_s117=line.duty == Duty.S117,
    )


def amount_in(text):
    """Return the pounds that a text says, or None while it says none."""
    try:
        return MoneyField(required=False).clean(text)
    except ValidationError:
        return None


def _progress(answered):
    count = sum(answered)
    if count == len(answered):
        return "Done", "green"
    return (f"{count} of {len(answered)}", "turquoise") if count else ("To do", "grey")


def _may_end(case):
    try:
        check_may_end(case)
    except Refused:
        return False
    return True
