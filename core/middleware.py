"""Three habits of every response and request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]


def never_stored(get_response: GetResponse) -> GetResponse:
    """Keep signed-in pages out of every cache, the browser's own too: wards share computers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    return middleware


def no_null_bytes(get_response: GetResponse) -> GetResponse:
    """Refuse NUL in the address: PostgreSQL cannot hold it and would answer 500."""

    def middleware(request: HttpRequest) -> HttpResponse:
        address = request.META.get("QUERY_STRING", "") + request.path_info
        if "%00" in address or "\0" in address:
            return HttpResponseBadRequest("The address holds a character that no record can.")
        return get_response(request)

    return middleware


def buttons_in_words(get_response: GetResponse) -> GetResponse:
    """Answer in words when the address of a button is opened, as after signing in again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or request.method != "GET":
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    return middleware
