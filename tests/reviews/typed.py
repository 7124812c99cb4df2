"""A review as a browser sends it."""


def whole(day, **changes):
    """One section 117 need, one service, part of a CPA: enough to be recorded."""
    fields = {
        "version": "0",
        "held_on": day.isoformat(),
        "part_of_cpa": "yes",
        "person_says": "I like my flat.",
        "progress": "Two early signs, both settled at home.",
        "risks": "",
        "package_starts_on": "2026-12-01",
        "recommendation": "change",
        "recommendation_reasons": "Three more hours of support.",
    }
    rows = {
        "people": [
            {"name": "Marian Ashworth", "capacity": "person", "took_part": "on"},
            {"name": "Priya Nair", "capacity": "care_coordinator", "took_part": "on"},
            {"name": "Derek Ashworth", "capacity": "carer"},
        ],
        "needs": [
            {
                "domain": "accommodation",
                "description": "Supported flat, staff by day and night.",
                "arises_from_disorder": "yes",
                "reduces_risk": "yes",
            },
        ],
        "lines": [
            {
                "description": "Supported flat",
                "provider": "Beechcroft",
                "need": "1",
                "weekly_cost": "845.00",
            },
        ],
    }
    for prefix, kept in rows.items():
        fields |= {f"{prefix}-TOTAL_FORMS": str(len(kept)), f"{prefix}-INITIAL_FORMS": "0"}
        for index, row in enumerate(kept):
            fields |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    fields |= changes
    return {name: value for name, value in fields.items() if value is not None}
