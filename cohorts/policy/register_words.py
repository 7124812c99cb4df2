"""The words boroughs, trusts and commissioners head their register columns with."""

# Spellings and short forms that mean the same word in a heading.
SAME_WORD = {
    **dict.fromkeys(("no", "num", "nos", "nr"), "number"),
    **dict.fromkeys(("rev", "reviews", "revw"), "review"),
    **dict.fromkeys(("reviewed",), "review"),
    **dict.fromkeys(("latest", "previous", "prev", "recent"), "last"),
    **dict.fromkeys(("forthcoming", "upcoming", "future"), "next"),
    **dict.fromkeys(("disch", "discharged", "dischd", "d-c"), "discharge"),
    **dict.fromkeys(("sect", "sec", "sections"), "section"),
    **dict.fromkeys(("detention", "sectioned", "detained"), "detained"),
    **dict.fromkeys(("names", "nam"), "name"),
    **dict.fromkeys(("forenames", "forename", "firstname"), "forename"),
    **dict.fromkeys(("lastname", "familyname"), "surname"),
    **dict.fromkeys(("organisation", "provider", "supplier", "providers"), "provider"),
    **dict.fromkeys(("cco", "coord", "coordinators"), "coordinator"),
    **dict.fromkeys(("pw", "wk", "week", "wkly", "weekly"), "weekly"),
    **dict.fromkeys(("costs", "price", "fee", "charge", "spend"), "cost"),
    **dict.fromkeys(("groups", "grp"), "group"),
    **dict.fromkeys(("dates", "dt"), "date"),
    **dict.fromkeys(("ref", "refs", "reference", "id", "identifier"), "reference"),
    **dict.fromkeys(("117", "sec117"), "s117"),
    **dict.fromkeys(("entitled", "entitlement", "eligible", "eligibility"), "entitled"),
    **dict.fromkeys(("started", "starts", "began", "start", "commenced", "from"), "from"),
    **dict.fromkeys(("clients", "patient", "person", "user", "resident", "customer"), "client"),
    **dict.fromkeys(("note", "notes", "comment", "remarks", "remark"), "comments"),
    **dict.fromkeys(("pct", "percentage"), "percent"),
    **dict.fromkeys(("ethnic",), "ethnicity"),
    **dict.fromkeys(("birthday", "birthdate"), "dob"),
    **dict.fromkeys(("postal",), "post"),
}
STOP_WORDS = frozenset(
    {"of", "the", "a", "an", "to", "for", "is", "was", "on", "in", "s", "and", "or"}
)

HEALTH = frozenset({"icb", "ccg", "nhs", "health", "h", "pct", "hcp"})
COUNCIL = frozenset(
    {"la", "lbh", "lb", "council", "social", "sc", "asc", "ss", "borough", "authority", "local"}
)
SHARE_WORDS = frozenset(
    {"percent", "share", "split", "apportionment", "contribution", "proportion", "ratio"}
)

FIELD_PHRASES: dict[str, tuple[tuple[str, ...], ...]] = {
    "nhs_number": (("nhs", "number"), ("nhs",), ("nhsno",), ("nhsnumber",)),
    "family_name": (("surname",), ("family", "name"), ("last", "name")),
    "given_names": (
        ("forename",),
        ("given", "name"),
        ("first", "name"),
        ("given",),
        ("christian", "name"),
    ),
    "full_name": (
        *(
            ("name",),
            ("client", "name"),
            ("full", "name"),
            ("surname", "first"),
            ("service", "client"),
        ),
        *(("name", "surname", "first"), ("surname", "forename"), ("client",)),
    ),
    "born_on": (("dob",), ("date", "birth"), ("birth",), ("born",)),
    "client_group": (
        *(
            ("client", "group"),
            ("care", "group"),
            ("primary", "need"),
            ("service", "group"),
            ("group",),
        ),
        *(("primary", "support", "reason"), ("psr",), ("client", "type"), ("need", "type")),
        *(("client", "category"), ("need", "group"), ("client", "need"), ("need",), ("specialty",)),
    ),
    "section": (
        *(
            ("section",),
            ("mha", "section"),
            ("legal", "status"),
            ("mha", "status"),
            ("detained", "under"),
        ),
        *(("section", "type"), ("qualifying", "section"), ("mha",), ("section", "number")),
        *(("mental", "health", "act"), ("original", "section"), ("section", "held")),
    ),
    "detained_on": (
        *(
            ("date", "section"),
            ("date", "detained"),
            ("detained",),
            ("section", "from"),
            ("section", "date"),
        ),
        *(
            ("section", "from", "date"),
            ("admission", "date"),
            ("date", "admitted"),
            ("detained", "from"),
        ),
    ),
    "left_hospital_on": (
        *(("discharge", "hospital"), ("date", "discharge"), ("discharge",), ("left", "hospital")),
        *(
            ("hospital", "discharge", "date"),
            ("s117", "from"),
            ("s117", "from", "date"),
            ("aftercare", "from"),
        ),
        *(("entitled", "from"), ("s117", "date"), ("date", "s117"), ("s117", "entitled", "date")),
        *(
            ("date", "left", "hospital"),
            ("date", "hospital", "discharge"),
            ("s117", "entitled", "from"),
        ),
    ),
    "care_coordinator": (
        *(
            ("care", "coordinator"),
            ("coordinator",),
            ("lead", "worker"),
            ("key", "worker"),
            ("keyworker",),
        ),
        *(
            ("allocated", "worker"),
            ("worker",),
            ("named", "worker"),
            ("lead", "professional"),
            ("cpn",),
        ),
        *(("social", "worker"), ("case", "manager"), ("lead", "practitioner"), ("care", "manager")),
    ),
    "last_reviewed_on": (
        *(
            ("last", "review"),
            ("last", "s117", "review"),
            ("date", "last", "review"),
            ("review", "date", "last"),
        ),
        *(("last", "cpa"), ("last", "cpa", "review"), ("review", "completed"), ("review", "held")),
        *(
            ("last", "review", "date"),
            ("last", "s117", "review", "date"),
            ("date", "review", "completed"),
        ),
    ),
    "next_review_due": (
        *(
            ("next", "review"),
            ("next", "review", "due"),
            ("review", "due"),
            ("next", "s117", "review"),
        ),
        *(
            ("date", "next", "review"),
            ("next", "cpa"),
            ("due", "date"),
            ("next", "due"),
            ("review", "due", "date"),
        ),
        *(("next", "review", "due", "date"), ("next", "cpa", "review")),
    ),
    "provider": (
        *(
            ("provider",),
            ("placement",),
            ("placement", "name"),
            ("provider", "name"),
            ("current", "placement"),
        ),
        *(
            ("care", "provider"),
            ("care", "home"),
            ("accommodation",),
            ("placement", "provider"),
            ("home",),
        ),
    ),
    "weekly_cost": (
        *(
            ("weekly", "cost"),
            ("gross", "weekly"),
            ("weekly",),
            ("weekly", "rate"),
            ("gross", "weekly", "pounds"),
        ),
        *(
            ("package", "cost", "weekly"),
            ("pounds", "weekly"),
            ("total", "weekly", "cost"),
            ("cost",),
        ),
        *(
            ("gross", "weekly", "cost"),
            ("cost", "per", "weekly"),
            ("pounds", "per", "weekly"),
            ("net", "weekly"),
        ),
        *(("package", "cost"), ("placement", "cost"), ("total", "weekly")),
    ),
    "out_of_area": (
        *(
            ("out", "borough"),
            ("ooa",),
            ("oob",),
            ("ooc",),
            ("out", "area"),
            ("out", "county"),
            ("oop",),
        ),
        *(("out", "area", "placement"), ("out", "borough", "placement"), ("outofarea",)),
    ),
    "postcode": (("postcode",), ("post", "code"), ("home", "postcode"), ("placement", "postcode")),
    "local_reference": (
        *(
            ("client", "reference"),
            ("reference",),
            ("mosaic", "reference"),
            ("rio", "number"),
            ("rio",),
        ),
        *(
            ("case", "reference"),
            ("local", "reference"),
            ("system", "reference"),
            ("client", "number"),
        ),
        *(
            ("liquidlogic", "reference"),
            ("las", "reference"),
            ("mosaic",),
            ("rio", "reference"),
            ("swift",),
        ),
        *(("social", "care", "reference"), ("case", "number"), ("frameworki",), ("las", "number")),
    ),
    "gp_practice": (
        *(
            ("gp", "practice"),
            ("gp",),
            ("gp", "surgery"),
            ("gp", "code"),
            ("practice", "code"),
            ("surgery",),
        ),
        *(("gp", "practice", "code"), ("registered", "gp"), ("practice",)),
    ),
    "ethnic_category": (
        ("ethnicity",),
        ("ethnicity", "group"),
        ("ethnicity", "category"),
        ("ethnicity", "code"),
    ),
    "comments": (
        *(
            ("comments",),
            ("further", "information"),
            ("additional", "information"),
            ("update",),
            ("action",),
        ),
        *(("other", "information"), ("further", "comments"), ("general", "comments")),
    ),
}

_OTHER_PERIODS = frozenset(
    {"annual", "year", "yearly", "annually", "month", "monthly", "pa", "daily", "pcm"}
)
_PEOPLE = frozenset(
    {"coordinator", "worker", "gp", "provider", "ward", "consultant", "manager", "team", "kin"}
)
FIELD_VETOES: dict[str, frozenset[str]] = {
    "nhs_number": HEALTH - {"nhs"} | SHARE_WORDS | {"trust"} | COUNCIL,
    "family_name": _PEOPLE | {"first", "forename"},
    "given_names": _PEOPLE | {"surname"},
    "full_name": _PEOPLE
    | {"group", "need", "reference", "number", "placement", "home", "family", "given"}
    | {"category", "type", "date", "consent", "last", "contribution"},
    "section": frozenset(
        {"date", "from", "expiry", "end", "ends", "expires", "review", "s117", "of"}
    )
    | {"discharge", "rescinded", "coordinator", "capacity", "worker", "team"},
    "detained_on": frozenset(
        {"s117", "expiry", "end", "ends", "expires", "review", "discharge", "under"}
    ),
    "left_hospital_on": frozenset(
        {"review", "next", "planned", "ended", "end", "estimated", "expected", "due"}
    )
    | {"plan", "ready", "destination", "aftercareplan", "estimate", "section", "detained"},
    "last_reviewed_on": frozenset({"next", "due", "by", "outcome", "type", "cost"}),
    "next_review_due": frozenset({"last", "outcome", "type", "birth", "cost"}),
    "care_coordinator": frozenset({"email", "team", "phone", "telephone", "review", "date"}),
    "provider": frozenset(
        {"cost", "weekly", "date", "type", "postcode", "from", "end", "out", "phone", "number"}
    )
    | {"rating", "review", "reference", "status"},
    "weekly_cost": _OTHER_PERIODS
    | SHARE_WORDS
    | (HEALTH - {"health"})
    | COUNCIL
    | {"health", "hours", "date"}
    | {"centre", "code"},
    "shares": frozenset({"date", "agreed", "amount", "pounds", "weekly", "annual", "cost"}),
    "health_share": frozenset({"date", "amount", "pounds", "weekly", "annual", "cost", "number"}),
    "la_share": frozenset({"date", "amount", "pounds", "weekly", "annual", "cost", "number"}),
    "local_reference": frozenset({"nhs", "date", "referral"}),
    "client_group": frozenset({"date", "assessment", "reference"}),
    "postcode": frozenset({"gp", "provider", "council"}),
    "gp_practice": frozenset({"name", "phone", "date"}),
    "out_of_area": frozenset({"reason", "date", "cost", "hospital"}),
    "comments": frozenset({"date"}),
}
