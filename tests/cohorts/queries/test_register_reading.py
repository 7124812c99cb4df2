from datetime import timedelta

from accounts.models import Membership, User
from cohorts.queries import register_reading
from cohorts.queries.register_reading import coordinators_of, read_file
from tests.cast import TODAY
from tests.cohorts.registers import HARROW, HARROW_DAY, LENA, csv_of, rows_of


def read_harrow(cast, **more):
    return read_file(
        content=HARROW.read_bytes(),
        name="register.xlsx",
        partnership=cast.eastmere,
        today=HARROW_DAY,
        **more,
    )


def test_read_file_writes_nothing_and_asks_little(cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        reading = read_harrow(cast)

    outcomes = [judged.row.outcome for judged in reading.rows]
    assert (outcomes.count("ready"), outcomes.count("waiting")) == (370, 42)


def test_read_file_tells_how_far_it_is(cast, monkeypatch):
    monkeypatch.setattr(register_reading, "BATCH", 200)
    told = []

    read_harrow(cast, progress=lambda *step: told.append(step))

    assert told == [(200, 422), (400, 422), (422, 422)]


def test_an_empty_cell_says_neither_yes_nor_no(cast):
    people = [LENA, {**LENA, "OOA": "N"}]

    reading = read_file(
        content=csv_of(rows_of(people)), name="x", partnership=cast.eastmere, today=HARROW_DAY
    )

    assert [judged.row.values.get("out_of_area") for judged in reading.rows] == [None, None, False]


def test_coordinators_of_leaves_out_namesakes_and_leavers(cast):
    other = User.objects.create(email="ben2@example.test", name="Ben")
    Membership.objects.create(
        user=other, partnership=cast.eastmere, organisation=cast.eastmere.icb, role="auditor"
    )
    Membership.objects.filter(user=cast.asha).update(ends_on=TODAY - timedelta(days=1))

    found = coordinators_of(cast.eastmere, day=TODAY)

    assert found["chloe"] == cast.chloe.pk
    assert not {"ben", "asha", "dev"} & set(found)
