"""The components: one tag each, one template each in templates/components/."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


def component(name: str) -> str:
    return f"components/{name}.html"


def shown(component_name: str, **inputs: Any) -> SafeString:
    return render_to_string(component(component_name), inputs)


# Who, where, what next --------------------------------------------------------------------------


@register.inclusion_tag(component("identity_bar"))
def identity_bar(person):
    return {"person": person}


@register.inclusion_tag(component("step_line"), takes_context=True)
def step_line(
    context, steps, *, holder="", line="", next_action=None, heading="Where this case is"
):
    return {
        "csrf_token": context.get("csrf_token", ""),
        "steps": steps,
        "holder": holder,
        "line": line,
        "next_action": next_action,
        "heading": heading,
    }


@register.inclusion_tag(component("sub_navigation"))
def sub_navigation(items, label):
    return {"items": items, "label": label}


@register.inclusion_tag(component("primary_navigation"))
def primary_navigation(items, search_url=""):
    return {"items": items, "search_url": search_url}


@register.inclusion_tag(component("search_form"))
def search_form(url, query="", element_id="search"):
    return {"url": url, "query": query, "element_id": element_id}


# Facts ------------------------------------------------------------------------------------------


@register.inclusion_tag(component("tag"))
def tag(label, colour="grey"):
    return {"label": label, "colour": colour}


@register.inclusion_tag(component("counts"))
def counts(items):
    return {"items": items}


@register.simple_block_tag
def summary_card(content, title, *, rows=(), url="", link="", wide=False):
    return shown(
        "summary_card", content=content, title=title, rows=rows, url=url, link=link, wide=wide
    )


@register.inclusion_tag(component("check_answers"))
def check_answers(rows, title=""):
    return {"rows": rows, "title": title}


@register.inclusion_tag(component("cost_by_body"))
def cost_by_body(rows, total, own="", compare=True, caption="Cost by body"):
    return {
        "rows": [*rows, total],
        "total": total,
        "own": own,
        "compare": compare,
        "caption": caption,
    }


@register.inclusion_tag(component("split_explained"))
def split_explained(steps, heading="The split, line by line"):
    return {"steps": steps, "heading": heading}


@register.inclusion_tag(component("timeline"))
def timeline(events):
    return {"events": events}


@register.inclusion_tag(component("capacity"))
def capacity(used, full, words):
    return {"used": used, "full": full, "words": words}


@register.simple_block_tag
def details(content, summary, is_open=False):
    return shown("details", content=content, summary=summary, is_open=is_open)


# Lists ------------------------------------------------------------------------------------------


@register.inclusion_tag(component("work_table"))
def work_table(group):
    return {"group": group}


@register.simple_block_tag
def filter_panel(content, url="", title="Filter"):
    return shown("filter_panel", content=content, url=url, title=title)


@register.inclusion_tag(component("filter_toggle"))
def filter_toggle():
    return {}


@register.inclusion_tag(component("person_cell"))
def person_cell(row):
    return {"row": row}


@register.inclusion_tag(component("chips"))
def chips(items, clear_url=""):
    return {"items": items, "clear_url": clear_url}


@dataclass(frozen=True)
class PageLink:
    number: int | None
    url: str = ""
    is_current: bool = False


@register.inclusion_tag(component("pagination"), takes_context=True)
def pagination(context, page, words="rows"):
    query = context["request"].GET.copy()

    def url(number):
        query["page"] = number
        return "?" + query.urlencode()

    links = [
        PageLink(n, url(n), n == page.number) if isinstance(n, int) else PageLink(None)
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page,
        "words": words,
        "links": links,
        "previous_url": url(page.previous_page_number()) if page.has_previous() else "",
        "next_url": url(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag(component("sort_header"), takes_context=True)
def sort_header(context, label, key, money=False):
    """Show a heading that sorts all pages by GET: `?order=key`, then `?order=-key`."""
    query = context["request"].GET.copy()
    order = query.get("order", "")
    query.pop("page", None)
    query["order"] = f"-{key}" if order == key else key
    states = {key: "ascending", f"-{key}": "descending"}
    return {
        "label": label,
        "money": money,
        "url": "?" + query.urlencode(),
        "state": states.get(order, "none"),
    }


@register.inclusion_tag(component("empty_state"))
def empty_state(title, why="", url="", link=""):
    return {"title": title, "why": why, "url": url, "link": link}


# Messages ---------------------------------------------------------------------------------------


@register.simple_block_tag
def alert(content, kind, title, heading=True):
    return shown("alert", content=content, kind=kind, title=title, heading=heading)


@register.inclusion_tag(component("success_banner"))
def success_banner(text):
    return {"text": text}


# Buttons ----------------------------------------------------------------------------------------


@register.inclusion_tag(component("button_post"), takes_context=True)
def button_post(context, url, label, *, kind="secondary", about="", element_id="", **hidden):
    return {
        "url": url,
        "label": label,
        "kind": kind,
        "about": about,
        "element_id": element_id,
        "hidden": hidden,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag(component("button_link"))
def button_link(url, label, kind=""):
    return {"url": url, "label": label, "kind": kind}


@register.inclusion_tag(component("draft_status"))
def draft_status(saved_at=""):
    return {"saved_at": saved_at}
