"""The words for where a case is, and for what is to be done next."""

from django.db import models


class Step(models.TextChoices):
    """The way of a case through the year; the order is the way."""

    ENTITLED = "entitled", "Entitled"
    REVIEW = "review", "Review"
    NEEDS = "needs", "Needs"
    SPLIT = "split", "Split"
    PANEL = "panel", "Panel"
    APPROVED = "approved", "Approved"
    NEXT_REVIEW = "next_review", "Next review"


class Act(models.TextChoices):
    """The one thing to do next, as its button says it."""

    BOOK = "book", "Book the review"
    HOLD = "hold", "Hold the review"
    WRITE = "write", "Write the review"
    SAY_WHY = "say_why", "Record why the review did not happen"
    RECORD_CPA = "record_cpa", "Record the CPA"
    CLOSE = "close", "Close the review"
    START_SCORES = "start_scores", "Work out the split"
    FINISH_SCORES = "finish_scores", "Finish working out the split"
    SEND = "send", "Send to panel"
    ANSWER = "answer", "Answer the questions"
    PLACE = "place", "Place on an agenda"
    DECIDE = "decide", "Record the decision"
    APPROVE = "approve", "Approve the split"
    SAY_ENDED = "say_ended", "Say whether after-care ends"


class Holder(models.TextChoices):
    """Who has a case, as a sentence names them."""

    CARE_TEAM = "care_team", "the care team"
    PANEL_ADMINISTRATOR = "panel_administrator", "the panel administrator"
    PANEL = "panel", "the panel"
    COUNCIL = "la", "the council"
    ICB = "icb", "the ICB"
    BOTH = "both", "the council and the ICB"
    NOBODY = "nobody", "nobody"
