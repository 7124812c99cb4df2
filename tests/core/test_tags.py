"""How money, dates, names and numbers read."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from core.templatetags import s117


def render(source, **values):
    return Template(source).render(Context(values))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Decimal("1234.5"), "£1,234.50"),
        (Decimal("-78.62"), "−£78.62"),
        (Decimal(0), "£0.00"),
        (Decimal("403.125"), "£403.13"),
        (7, "£7.00"),
        (None, ""),
    ],
)
def test_gbp_writes_pounds_and_pence(amount, words):
    assert s117.gbp(amount) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [(Decimal(33), "+£33.00"), (Decimal("-78.62"), "−£78.62"), (Decimal(0), "£0.00"), (None, "")],
)
def test_signed_gbp_shows_which_way_it_went(amount, words):
    assert s117.signed_gbp(amount) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(5, 8), "62.5%"),
        (Fraction(1, 3), "33.33%"),
        (Decimal("0.5"), "50%"),
        (1, "100%"),
        (0, "0%"),
        (Fraction(1, 10), "10%"),
        (None, ""),
    ],
)
def test_percent_writes_a_part_of_one(share, words):
    assert s117.percent(share) == words


def test_days_are_never_broken_over_two_lines():
    assert s117.day(date(2027, 3, 4)) == "4\xa0March\xa02027"
    assert s117.short_day(date(2027, 3, 4)) == "4\xa0March"
    assert s117.day(None) == s117.short_day(None) == ""


def test_an_instant_is_told_in_london_time():
    late_in_june = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)

    assert s117.moment(late_in_june) == "1\xa0July\xa02027, 00:30"
    assert s117.day(late_in_june) == "1\xa0July\xa02027"
    assert s117.moment(None) == ""


def test_nhs_number_reads_3_3_4():
    assert s117.nhs("9991234567") == "999\xa0123\xa04567"
    assert s117.nhs("") == s117.nhs(None) == ""


def test_surname_comes_first_in_capitals():
    person = SimpleNamespace(family_name="Ashworth", given_names="Marian Ruth")

    assert s117.surname_first(person) == "ASHWORTH, Marian Ruth"


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 cases"), (1, "1 case"), (1204, "1,204 cases")]
)
def test_counted_agrees_in_number(number, words):
    assert s117.counted(number, "case,cases") == words


def test_sort_header_turns_the_order_and_keeps_the_filters():
    request = RequestFactory().get("/?cohort=b&order=due&page=3")

    html = render('{% sort_header "Due" "due" %}{% sort_header "Case" "name" %}', request=request)

    assert 'href="?cohort=b&amp;order=-due"' in html
    assert 'aria-sort="ascending"' in html
    assert 'href="?cohort=b&amp;order=name"' in html


def test_pagination_keeps_the_filters_and_names_the_rows():
    request = RequestFactory().get("/?cohort=b")
    page = Paginator(range(60), 25).page(2)

    html = render('{% pagination page words="cases" %}', request=request, page=page)

    assert 'href="?cohort=b&amp;page=3" rel="next"' in html
    assert 'href="?cohort=b&amp;page=1" rel="prev"' in html
    assert "Cases 26 to 50 of 60." in html


def test_pagination_draws_nothing_for_one_page():
    page = Paginator(range(3), 25).page(1)

    html = render("{% pagination page %}", request=RequestFactory().get("/"), page=page)

    assert html.strip() == ""


def test_button_post_carries_hidden_fields_and_escapes_them():
    html = render(
        '{% button_post "/x/" "Up" about=name item=3 %}', name="O'Neil <b>", csrf_token="t"
    )

    assert '<input type="hidden" name="item" value="3">' in html
    assert "O&#x27;Neil &lt;b&gt;" in html
    assert 'name="csrfmiddlewaretoken" value="t"' in html


def test_alert_escapes_its_title():
    html = render('{% alert "error" title %}{{ title }}{% endalert %}', title="<script>")

    assert "<script>" not in html
