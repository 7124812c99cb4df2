"""When something may not be done: one kind of exception, one sentence for the person."""


class Refused(Exception):
    """An operation said no; its text is a sentence that says what to do."""


class StaleDraft(Refused):
    """Somebody has saved this since the page was opened."""
