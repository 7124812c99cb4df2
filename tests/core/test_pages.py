"""Counting the pages of a PDF."""

import zlib

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


@pytest.mark.parametrize("last_byte", [b"\n", b"\r"])
def test_page_count_of_a_stream_that_ends_like_a_line(last_byte):
    texts = (f"<</Type /Pages /Count 7>> {n}".encode() for n in range(100_000))
    stream = next(it for it in map(zlib.compress, texts) if it.endswith(last_byte))

    assert page_count(b"stream\n" + stream + b"\nendstream") == 7
