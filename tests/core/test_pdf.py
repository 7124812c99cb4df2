"""Template in, tagged PDF out, and nothing fetched on the way."""

import io
import socket
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from core.pdf import OwnFilesOnly, PDFError, pdf_of, render_pdf

PAGE = """<!doctype html><html lang="en-GB"><head><title>A paper</title></head>
<body><h1>A paper</h1>{body}</body></html>"""


def read(pdf):
    return PdfReader(io.BytesIO(pdf))


@pytest.fixture
def listener():
    """A server on this machine that nobody should ring."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def rang(server):
    try:
        server.accept()
    except BlockingIOError:
        return False
    return True


def test_pdf_is_tagged_titled_and_in_english():
    root = read(pdf_of(PAGE.format(body="<p>Text</p>"))).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root


def test_pdf_is_the_same_bytes_for_the_same_page():
    page = PAGE.format(body="<p>Text</p>")

    assert pdf_of(page) == pdf_of(page)
    assert pdf_of(page) != pdf_of(page.replace("Text", "Other text"))


def test_pdf_embeds_our_own_font():
    pages = read(pdf_of(PAGE.format(body="<p>Łódź</p>"))).pages

    fonts = {font.get_object()["/BaseFont"] for font in pages[0]["/Resources"]["/Font"].values()}
    assert any("Arimo" in name for name in fonts)


def test_render_pdf_escapes_what_was_typed(listener):
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    typed = (
        f'<img src="{address}"><link rel=attachment href="file:///etc/passwd">'
        f'<style>@import url("{address}")</style>'
    )
    letterhead = {"partnership": typed}

    context = {"letterhead": letterhead, "title": typed, "reference": typed}
    pdf = read(render_pdf("documents/base.html", context))

    assert pdf.metadata.author == pdf.metadata.title == typed
    assert not pdf.attachments
    assert not rang(listener)


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="x" src="{address}x.png">',
        '<link rel="attachment" href="{address}">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="{address}x.css">',
        '<style>@import url("{address}x.css");</style>',
        '<style>body {{ background: url("{address}x.png") }}</style>',
        '<object data="{address}x.svg"></object>',
        '<embed src="file:///etc/hostname">',
    ],
)
def test_pdf_that_reaches_outside_is_not_made(listener, body):
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"

    with pytest.raises(PDFError, match="may not fetch"):
        pdf_of(PAGE.format(body=body.format(address=address)))

    assert not rang(listener)


def test_pdf_with_a_picture_without_words_is_not_made():
    logo = (settings.BASE_DIR / "static/documents/logo.svg").as_uri()

    with pytest.raises(PDFError):
        pdf_of(PAGE.format(body=f'<img src="{logo}">'))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/documents/logo.svg",
        "file:///etc/passwd",
        "file://elsewhere/static/documents/logo.svg",
        "data:text/plain,hello",
        "{static}/documents/../s117.css",
        "{static}/documents/%2e%2e/s117.css",
        "{static}/documents-of-others/logo.svg",
    ],
)
def test_fetcher_refuses_all_but_the_documents_own_files(url):
    static = Path(settings.BASE_DIR / "static").as_uri()

    with pytest.raises(FatalURLFetchingError, match="may not fetch"):
        OwnFilesOnly().fetch(url.format(static=static))


def test_fetcher_gives_the_documents_own_files():
    static = Path(settings.BASE_DIR / "static").as_uri()

    assert OwnFilesOnly().fetch(f"{static}/documents/logo.svg").read().startswith(b"<svg")
