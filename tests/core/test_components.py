"""The gallery shows every component, and every page can be read."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from core import views

COMPONENTS = sorted(
    path for path in (Path(settings.BASE_DIR) / "templates/components").glob("*.html")
)


@pytest.fixture
def gallery(settings, rf, monkeypatch):
    settings.DEBUG = True
    seen = set()
    original = Template._render

    def noting(self, context):
        seen.add(self.name)
        return original(self, context)

    monkeypatch.setattr(Template, "_render", noting)
    response = views.component_gallery(rf.get("/components/"))
    return seen, response.content.decode()


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_gallery_shows_each_component(path, gallery):
    seen, _ = gallery

    assert f"components/{path.name}" in seen


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_component_opens_by_naming_its_inputs(path):
    assert path.read_text().startswith("{# ")


def test_gallery_has_one_element_for_each_id(gallery):
    _, html = gallery
    ids = re.findall(r'\sid="([^"]+)"', html)

    assert len(ids) == len(set(ids))


def test_gallery_has_no_inline_script_or_style(gallery):
    _, html = gallery

    assert not re.search(r"<style|\sstyle=|\son\w+=|<script>", html)


def test_gallery_is_closed_outside_development(client):
    assert client.get(reverse("core:component_gallery")).status_code == 404


@pytest.mark.parametrize(
    ("view", "status", "heading"),
    [
        (views.bad_request, 400, "We could not read what was sent"),
        (views.permission_denied, 403, "Your role does not open this page"),
        (views.page_not_found, 404, "Page not found"),
    ],
)
def test_error_page_says_what_to_do_next(view, status, heading, rf):
    response = view(rf.get("/some/where/"), Exception("secret"))
    html = response.content.decode()

    assert response.status_code == status
    assert f">{heading}</h1>" in html
    assert "secret" not in html
    assert "/some/where/" not in html


def without_token(response):
    return re.sub(r'(csrftoken": |value=)"\w{64}"', "", response.content.decode())


def test_every_404_has_the_same_body(rf):
    one = views.page_not_found(rf.get("/a/"), Exception("no such case"))
    other = views.page_not_found(rf.get("/b/"), Exception("not yours"))

    assert without_token(one) == without_token(other)


def test_server_error_needs_neither_request_nor_database():
    response = views.server_error(None)

    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()


def test_closed_page_renders():
    assert "Closed for a short time" in render_to_string("503.html")


def test_stale_form_is_explained(rf):
    response = views.csrf_failure(rf.post("/x/"), reason="missing")

    assert response.status_code == 403
    assert "This page was open too long" in response.content.decode()


@pytest.mark.parametrize(
    ("messages", "words"), [([], ""), (["<b>"], "&lt;b&gt;")], ids=["none", "escaped"]
)
def test_success_banner_escapes_its_text(messages, words):
    source = "{% for text in messages %}{% success_banner text %}{% endfor %}"
    context = Context({"messages": messages, "request": RequestFactory().get("/")})

    assert words in Template(source).render(context)
