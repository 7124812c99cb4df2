"""The components: one tag each, one template each in templates/components/."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Inputs = dict[str, Any]

register = template.Library()


def component(name: str) -> str:
    return f"components/{name}.html"


def shown(component_name: str, **inputs: Any) -> SafeString:
    return render_to_string(component(component_name), inputs)


# Who, where, what next --------------------------------------------------------------------------


@register.inclusion_tag(component("identity_bar"))
def identity_bar(person: Any) -> Inputs:
    return {"person": person}


@register.inclusion_tag(component("step_line"), takes_context=True)
def step_line(
    context: template.Context,
    steps: Iterable[Any],
    *,
    holder: str = "",
    line: str = "",
    next_action: Any = None,
    heading: str = "Where this case is",
) -> Inputs:
    return {
        "csrf_token": context.get("csrf_token", ""),
        "steps": steps,
        "holder": holder,
        "line": line,
        "next_action": next_action,
        "heading": heading,
    }


@register.inclusion_tag(component("sub_navigation"))
def sub_navigation(items: Iterable[Any], label: str) -> Inputs:
    return {"items": items, "label": label}


@register.inclusion_tag(component("primary_navigation"))
def primary_navigation(items: Iterable[Any], search_url: str = "") -> Inputs:
    return {"items": items, "search_url": search_url}


@register.inclusion_tag(component("search_form"))
def search_form(url: str, query: str = "", element_id: str = "search") -> Inputs:
    return {"url": url, "query": query, "element_id": element_id}


# Facts ------------------------------------------------------------------------------------------


@register.inclusion_tag(component("tag"))
def tag(label: str, colour: str = "grey") -> Inputs:
    return {"label": label, "colour": colour}


@register.inclusion_tag(component("counts"))
def counts(items: Iterable[Any]) -> Inputs:
    return {"items": items}


@register.simple_block_tag
def summary_card(
    content: str,
    title: str,
    *,
    rows: Iterable[Any] = (),
    url: str = "",
    link: str = "",
    wide: bool = False,
) -> SafeString:
    return shown(
        "summary_card", content=content, title=title, rows=rows, url=url, link=link, wide=wide
    )


@register.inclusion_tag(component("check_answers"))
def check_answers(rows: Iterable[Any], title: str = "") -> Inputs:
    return {"rows": rows, "title": title}


@register.inclusion_tag(component("cost_by_body"))
def cost_by_body(
    rows: Iterable[Any],
    total: Any,
    own: str = "",
    compare: bool = True,
    caption: str = "Cost by body",
) -> Inputs:
    return {
        "rows": [*rows, total],
        "total": total,
        "own": own,
        "compare": compare,
        "caption": caption,
    }


@register.inclusion_tag(component("split_explained"))
def split_explained(steps: Iterable[Any], heading: str = "The split, line by line") -> Inputs:
    return {"steps": steps, "heading": heading}


@register.inclusion_tag(component("timeline"))
def timeline(events: Iterable[Any]) -> Inputs:
    return {"events": events}


@register.inclusion_tag(component("capacity"))
def capacity(used: float, full: float, words: str) -> Inputs:
    return {"used": used, "full": full, "words": words}


@register.simple_block_tag
def details(content: str, summary: str, is_open: bool = False) -> SafeString:
    return shown("details", content=content, summary=summary, is_open=is_open)


# Lists ------------------------------------------------------------------------------------------


@register.inclusion_tag(component("work_table"))
def work_table(group: Any) -> Inputs:
    return {"group": group}


@register.simple_block_tag
def filter_panel(content: str, url: str = "", title: str = "Filter") -> SafeString:
    return shown("filter_panel", content=content, url=url, title=title)


@register.inclusion_tag(component("filter_toggle"))
def filter_toggle() -> Inputs:
    return {}


@register.inclusion_tag(component("person_cell"))
def person_cell(row: Any) -> Inputs:
    return {"row": row}


@register.inclusion_tag(component("chips"))
def chips(items: Iterable[Any], clear_url: str = "") -> Inputs:
    return {"items": items, "clear_url": clear_url}


@dataclass(frozen=True)
class PageLink:
    number: int | None
    url: str = ""
    is_current: bool = False


@register.inclusion_tag(component("pagination"), takes_context=True)
def pagination(context: template.Context, page: Page[Any], words: str = "rows") -> Inputs:
    query = context["request"].GET.copy()

    def url(number: int) -> str:
        query["page"] = number
        return f"?{query.urlencode()}"

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
def sort_header(context: template.Context, label: str, key: str, money: bool = False) -> Inputs:
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
def empty_state(title: str, why: str = "", url: str = "", link: str = "") -> Inputs:
    return {"title": title, "why": why, "url": url, "link": link}


# Messages ---------------------------------------------------------------------------------------


@register.simple_block_tag
def alert(content: str, kind: str, title: str, heading: bool = True) -> SafeString:
    return shown("alert", content=content, kind=kind, title=title, heading=heading)


@register.inclusion_tag(component("success_banner"))
def success_banner(text: str) -> Inputs:
    return {"text": text}


# Buttons ----------------------------------------------------------------------------------------


@register.inclusion_tag(component("button_post"), takes_context=True)
def button_post(
    context: template.Context,
    url: str,
    label: str,
    *,
    kind: str = "secondary",
    about: str = "",
    element_id: str = "",
    **hidden: Any,
) -> Inputs:
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
def button_link(url: str, label: str, kind: str = "") -> Inputs:
    return {"url": url, "label": label, "kind": kind}


@register.inclusion_tag(component("draft_status"))
def draft_status(saved_at: str = "") -> Inputs:
    return {"saved_at": saved_at}
