"""Giving cases to a care coordinator."""

from django import forms

from core.forms import Form

NOBODY = "nobody"


class CoordinatorForm(Form):
    """Whom the cases go to; nobody is an answer too."""

    coordinator = forms.ChoiceField(
        label="New care coordinator", error_messages={"required": "Choose the care coordinator"}
    )
    submit = "Change care coordinator"

    def __init__(self, *args, coordinators: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coordinator"].choices = [
            ("", "Choose"),
            *coordinators,
            (NOBODY, "Nobody for now"),
        ]

    @property
    def chosen_key(self) -> str | None:
        """The user's key, or None for nobody."""
        chosen = self.cleaned_data["coordinator"]
        return None if chosen == NOBODY else chosen
