from casework.queries.register_work import lead_groups, register_groups


def found(groups):
    return {
        group.id: [(row.verb, row.title) for row in group.rows] for group in groups if group.total
    }


def test_the_lead_sees_the_gaps_and_who_is_late(cast, case_of, cohort, today):
    case_of(due=-3, cohort=cohort)
    case_of(due=300, cohort=cohort)
    case_of(care_coordinator=None)

    assert found(lead_groups(cast.poppy, today)) == {
        "gaps": [
            ("See the case", "1 case in no cohort"),
            ("See the case", "1 case without a review date"),
            ("See the case", "1 case that nobody has"),
        ],
        "overdue": [("See 1 overdue case", "Cohort A, the S117 team")],
    }
    assert set(found(register_groups(cast.ola, today))) == {"gaps"}
