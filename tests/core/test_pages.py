"""Counting the pages of a PDF."""

import pytest

from core.pages import page_count
from core.pdf import pdf_of

PAGE = '<!DOCTYPE html><html lang="en-GB"><head><title>Pages</title></head><body>{}</body></html>'


@pytest.mark.parametrize("pages", [1, 3])
def test_page_count(pages):
    html = PAGE.format('<p style="break-after: page">One</p>' * (pages - 1) + "<p>Last</p>")

    assert page_count(pdf_of(html)) == pages


def test_page_count_of_what_is_no_pdf():
    with pytest.raises(ValueError, match="no page tree"):
        page_count(b"%PDF nothing")
