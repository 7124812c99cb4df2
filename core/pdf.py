"""Template in, tagged PDF out: the only module that knows WeasyPrint.

A document may use the stylesheet, the pictures and the fonts of our own static folder, and nothing
else: no network, no other file of the machine. The same words always give the same bytes.
"""

import functools
import hashlib
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

STYLESHEET = "documents/documents.css"
OWN_FOLDERS = ("documents", "vendor/arimo")


class PDFError(RuntimeError):
    """A document that would be incomplete, inaccessible or reach outside: it is not made."""


class OwnFilesOnly(URLFetcher):
    """Fetch the documents' own stylesheet, pictures and fonts; refuse everything else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["file"], allow_redirects=False)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if not _is_own_file(url):
            raise FatalURLFetchingError(f"A document may not fetch {url}")
        return super().fetch(url, headers)


class StopOnError(logging.Handler):
    """WeasyPrint logs what breaks PDF/UA and goes on; here it stops the document."""

    def emit(self, record: logging.LogRecord) -> None:
        raise PDFError(record.getMessage())


logging.getLogger("weasyprint").addHandler(StopOnError(logging.ERROR))


def render_pdf(template: str, context: Mapping[str, Any]) -> bytes:
    """Return the template, filled in, as a tagged PDF/UA-1 document."""
    return pdf_of(render_to_string(template, dict(context)))


def pdf_of(html: str) -> bytes:
    """Return a whole page of HTML as tagged PDF/UA-1: the same bytes for the same page."""
    css, fonts = _stylesheet()
    identifier = hashlib.sha256(weasyprint.__version__.encode() + html.encode()).hexdigest()[:32]
    try:
        document = weasyprint.HTML(string=html, url_fetcher=OwnFilesOnly())
        pdf: bytes = document.write_pdf(
            stylesheets=[css],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_identifier=identifier.encode(),
        )
    except FatalURLFetchingError as refused:
        raise PDFError(str(refused)) from refused
    return pdf


@functools.cache
def _stylesheet() -> tuple[weasyprint.CSS, FontConfiguration]:
    fonts = FontConfiguration()
    path = _static_folder() / STYLESHEET
    return weasyprint.CSS(filename=path, font_config=fonts, url_fetcher=OwnFilesOnly()), fonts


def _is_own_file(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        return False
    path = Path(unquote(parts.path)).resolve()
    return any(path.is_relative_to(_static_folder() / folder) for folder in OWN_FOLDERS)


def _static_folder() -> Path:
    return Path(settings.STATICFILES_DIRS[0]).resolve()
