"""The meeting, in the browser's steps."""

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from panels.enums import MeetingStatus
from panels.models import Attendance, Decision
from panels.operations.decisions import record_decision
from tests.cast import NOON

REASONS = "The needs are met and the cost is fair."


def url(name, record, query=""):
    return reverse(f"panels:{name}", args=[record.pk]) + query


def test_meeting_detail_shows_the_case_before_the_panel(client, cast, quorate, new_listed):
    item = new_listed()
    client.force_login(cast.chloe)

    page = client.get(url("meeting_detail", quorate)).content.decode()

    assert AuditEvent.objects.get(event="cohorts.case_seen").target_id == str(item.case_id)
    assert "Quorum met" in page
    assert "1. Review, changed package" in page
    assert "£671.87" in page
    assert "“I like my flat.”" in page
    assert url("decision_record", item) in page


def test_meeting_detail_without_items_says_what_to_do(client, cast, meeting):
    client.force_login(cast.chloe)

    page = client.get(url("meeting_detail", meeting)).content.decode()

    assert "Nothing is on the agenda yet" in page


def test_meeting_detail_of_a_planned_meeting_decides_nothing(client, cast, meeting, new_listed):
    item = new_listed()
    client.force_login(cast.chloe)

    page = client.get(url("meeting_detail", meeting)).content.decode()

    assert url("decision_record", item) not in page
    assert "The agenda is not published" in page


def test_meeting_detail_without_a_quorum_says_so(client, cast, published, new_listed):
    new_listed()
    client.force_login(cast.chloe)

    page = client.get(url("meeting_detail", published)).content.decode()

    assert "Attendance not taken" in page
    assert "Nothing can be decided yet" in page


def test_meeting_detail_is_read_by_others(client, cast, quorate, new_listed):
    item = new_listed()
    client.force_login(cast.lara)

    page = client.get(url("meeting_detail", quorate)).content.decode()

    assert "Not decided yet" in page
    assert url("decision_record", item) not in page


def test_meeting_detail_with_an_address_that_is_no_item_shows_the_first(
    client, cast, quorate, new_listed
):
    new_listed()
    client.force_login(cast.chloe)

    page = client.get(url("meeting_detail", quorate, "?item=nonsense")).content.decode()

    assert "1. Review, changed package" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_meeting_detail_takes_the_same_queries_for_more_rows(
    client, cast, quorate, new_listed, rows, django_assert_num_queries
):
    for _ in range(rows):
        new_listed()
    client.force_login(cast.chloe)

    with django_assert_num_queries(27):
        client.get(url("meeting_detail", quorate))


def test_attendance_take_keeps_who_is_here(client, cast, published):
    client.force_login(cast.chloe)
    members = [str(member.pk) for member in published.members()]

    client.post(url("attendance_take", published), {"present": members[:3]})

    assert Attendance.objects.filter(is_present=True).count() == 3
    page = client.get(url("attendance_take", published)).content.decode()
    assert page.count("checked") == 3


def test_attendance_take_before_publication_is_refused_on_the_page(client, cast, meeting):
    client.force_login(cast.chloe)

    page = client.post(url("attendance_take", meeting), {}).content.decode()

    assert "once the agenda is published" in page


def test_decision_record_as_recommended_opens_the_next(client, cast, quorate, new_listed):
    first, second = new_listed(), new_listed()
    client.force_login(cast.chloe)

    answer = client.post(
        url("decision_record", first), {"outcome": "approve", "reasons": REASONS}, follow=True
    )

    page = answer.content.decode()
    assert Decision.objects.get().item == first
    assert "agreed as recommended. The council and the ICB approve it next." in page
    assert answer.redirect_chain[0][0] == url("meeting_detail", quorate, f"?item={second.pk}")


def test_decision_record_without_reasons_keeps_the_page(client, cast, quorate, new_listed):
    client.force_login(cast.chloe)

    answer = client.post(url("decision_record", new_listed()), {"outcome": "approve"})

    page = answer.content.decode()
    assert "There is a problem" in page
    assert "Enter the reasons: they go into the minutes" in page
    assert Decision.objects.count() == 0


def test_decision_record_with_conditions_first_opens_the_box(client, cast, quorate, new_listed):
    item = new_listed()
    client.force_login(cast.chloe)
    typed = {"outcome": "conditions", "reasons": REASONS}

    page = client.post(url("decision_record", item), typed).content.decode()
    assert "Conditions, each with who and by when" in page
    assert f"{REASONS}</textarea>" in page
    assert "There is a problem" not in page

    typed |= {"opened": "conditions", "conditions": "Review in 3 months"}
    client.post(url("decision_record", item), typed)
    assert Decision.objects.get().conditions == "Review in 3 months"


def test_decision_record_of_160_per_cent_is_refused(client, cast, quorate, new_listed):
    client.force_login(cast.chloe)
    typed = {"outcome": "depart", "opened": "depart", "reasons": REASONS, "icb_share": "160 %"}

    page = client.post(url("decision_record", new_listed()), typed).content.decode()

    assert "The ICB’s share must be from 0 to 100 per cent" in page
    assert f"{REASONS}</textarea>" in page
    assert 'value="160 %"' in page


def test_decision_record_on_another_decision_goes_back_to_all(client, cast, quorate, new_listed):
    client.force_login(cast.chloe)

    page = client.post(
        url("decision_record", new_listed()),
        {"outcome": "", "opened": "defer", "reasons": REASONS},
    ).content.decode()

    assert "Agree as recommended" in page
    assert f"{REASONS}</textarea>" in page
    assert "There is a problem" not in page


def test_decision_record_when_another_chair_has_decided(client, cast, quorate, new_listed):
    item = new_listed()
    record_decision(item=item, outcome="decline", reasons="Too dear.", by=cast.paula, at=NOON)
    client.force_login(cast.chloe)

    answer = client.post(url("decision_record", item), {"outcome": "approve", "reasons": REASONS})

    assert "Already decided by Paula at 12:00." in answer.content.decode()
    assert Decision.objects.get().outcome == "decline"


def test_decision_record_without_quorum_keeps_the_reasons(client, cast, published, new_listed):
    client.force_login(cast.chloe)

    answer = client.post(
        url("decision_record", new_listed()), {"outcome": "approve", "reasons": REASONS}
    )

    page = answer.content.decode()
    assert "There is no quorum" in page
    assert f"{REASONS}</textarea>" in page


def test_decision_record_opened_again_shows_the_meeting(client, cast, quorate, new_listed):
    item = new_listed()
    client.force_login(cast.chloe)

    answer = client.get(url("decision_record", item))

    assert answer.url == url("meeting_detail", quorate, f"?item={item.pk}")


def test_meeting_close_says_what_was_not_reached(client, cast, quorate, new_listed):
    new_listed()
    client.force_login(cast.chloe)

    answer = client.post(url("meeting_close", quorate), follow=True)

    quorate.refresh_from_db()
    assert quorate.status == MeetingStatus.CLOSED
    assert "1 case not reached: back in the tray." in answer.content.decode()


def test_meeting_close_twice_is_refused(client, cast, meeting):
    client.force_login(cast.chloe)

    answer = client.post(url("meeting_close", meeting), follow=True)

    assert "is not open" in answer.content.decode()


@pytest.mark.parametrize("name", ["attendance_take", "meeting_close"])
def test_meetings_are_run_by_the_chair_only(client, cast, published, name):
    client.force_login(cast.paula)

    assert client.post(url(name, published)).status_code == 403


def test_decision_record_without_permission(client, cast, quorate, new_listed):
    client.force_login(cast.lara)

    assert client.post(url("decision_record", new_listed())).status_code == 403


def test_meeting_detail_of_another_partnership_is_not_found(client, cast, meeting):
    client.force_login(cast.mina)

    assert client.get(url("meeting_detail", meeting)).status_code == 404
