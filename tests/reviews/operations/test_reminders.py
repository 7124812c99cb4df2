from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError

from audit.models import AuditEvent
from cohorts.models.cases import Case
from reviews.models import Reminder
from reviews.operations.booking import not_completed
from reviews.operations.reminders import raise_reminders, send_reminders
from tests.cast import NOON, TODAY
from tests.factories import CaseFactory, ReviewFactory


def case_due_in(cast, days, **more):
    due = TODAY + timedelta(days=days)
    more = {"partnership": cast.eastmere, "care_coordinator": cast.asha} | more
    return CaseFactory(next_review_due=due, **more)


def steps():
    return list(Reminder.objects.order_by("review_due_on").values_list("step", flat=True))


def test_each_case_gets_the_step_that_its_date_owes(cast):
    for days in (-40, 3, 20, 80, 200):
        case_due_in(cast, days)

    assert raise_reminders(day=TODAY, at=NOON) == 4
    assert steps() == ["overdue", "7", "30", "90"]


def test_however_often_the_job_runs_a_step_is_raised_once(cast):
    case_due_in(cast, 20)

    assert [raise_reminders(day=TODAY, at=NOON) for _ in range(50)] == [1] + [0] * 49


def test_three_silent_days_are_caught_up(cast):
    case_due_in(cast, 10)
    raise_reminders(day=TODAY, at=NOON)

    raise_reminders(day=TODAY + timedelta(days=5), at=NOON)

    assert steps() == ["30", "7"]


def test_nobody_is_chased_for_a_case_that_ended_somebody_who_died_or_a_review_under_way(cast):
    case_due_in(cast, 3, ended_on=TODAY, end_reason="jointly")
    died = case_due_in(cast, 3)
    died.patient.died_on = TODAY
    died.patient.save()
    ReviewFactory(case=case_due_in(cast, 3))

    assert raise_reminders(day=TODAY, at=NOON) == 0


def test_one_digest_a_person_goes_out_once(cast):
    cases = [case_due_in(cast, days) for days in (3, 20)]
    case_due_in(cast, 3, care_coordinator=cast.ben)
    raise_reminders(day=TODAY, at=NOON)

    assert (send_reminders(at=NOON), send_reminders(at=NOON)) == (2, 0)
    assert sorted(message.to[0] for message in mail.outbox) == [cast.asha.email, cast.ben.email]
    hers = next(message for message in mail.outbox if message.to == [cast.asha.email])
    assert all(case.reference in hers.body for case in cases)


def test_no_message_names_anybody(cast):
    case = case_due_in(cast, 3)
    raise_reminders(day=TODAY, at=NOON)
    send_reminders(at=NOON)

    said = mail.outbox[0].message().as_string()
    secrets = (case.patient.family_name, case.patient.given_names, case.patient.nhs_number)
    assert [one for one in (*secrets, str(case.patient.born_on), "12 June") if one in said] == []


@pytest.mark.parametrize(
    "change",
    [
        {"ended_on": TODAY, "end_reason": "jointly"},
        {"next_review_due": TODAY + timedelta(days=90)},
    ],
)
def test_a_reminder_that_is_no_longer_true_lapses_unsent(cast, change):
    case = case_due_in(cast, 3)
    raise_reminders(day=TODAY, at=NOON)
    Case.objects.filter(pk=case.pk).update(**change)

    assert (send_reminders(at=NOON), mail.outbox) == (0, [])
    assert Reminder.objects.unsent().count() == 0


def test_whoever_holds_the_case_when_the_digest_goes_is_told(cast):
    case = case_due_in(cast, 3, care_coordinator=None)
    raise_reminders(day=TODAY, at=NOON)
    Case.objects.filter(pk=case.pk).update(care_coordinator=cast.ben)

    send_reminders(at=NOON)

    assert (mail.outbox[0].to, Reminder.objects.get().recipient) == ([cast.ben.email], cast.ben)


def test_nobody_is_told_of_a_review_that_is_booked_unless_it_does_not_happen(cast):
    case = case_due_in(cast, 3)
    raise_reminders(day=TODAY, at=NOON)
    review = ReviewFactory(case=case)
    assert send_reminders(at=NOON) == 0

    not_completed(review=review, reason="declined", by=cast.asha, at=NOON)

    assert send_reminders(at=NOON) == 1


def test_one_digest_a_day_is_enough(cast):
    case_due_in(cast, 3)
    raise_reminders(day=TODAY, at=NOON)
    send_reminders(at=NOON)
    case_due_in(cast, 4)
    raise_reminders(day=TODAY, at=NOON)

    assert send_reminders(at=NOON) == 0
    assert send_reminders(at=NOON + timedelta(days=1)) == 1


def test_mail_that_cannot_go_leaves_the_reminder_owed(cast, settings):
    case_due_in(cast, 3)
    raise_reminders(day=TODAY, at=NOON)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert send_reminders(at=NOON) == 0
    assert Reminder.objects.unsent().count() == 1


def test_a_case_that_nobody_holds_is_raised_and_waits(cast):
    case_due_in(cast, 3, care_coordinator=None)

    assert (raise_reminders(day=TODAY, at=NOON), send_reminders(at=NOON)) == (1, 0)


def test_raising_is_one_line_of_the_record_for_each_step(cast):
    cases = [case_due_in(cast, days) for days in (2, 3)]
    raise_reminders(day=TODAY, at=NOON)

    line = AuditEvent.objects.get(event="reviews.reminders_raised")
    assert sorted(line.detail["cases"]) == sorted(case.reference for case in cases)


def test_the_database_allows_one_reminder_a_step(cast):
    case = case_due_in(cast, 3)
    told = {"case": case, "review_due_on": TODAY, "step": "7", "raised_at": NOON}
    Reminder.objects.create(**told)

    with pytest.raises(IntegrityError):
        Reminder.objects.create(**told)
