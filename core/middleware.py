"""Two habits of every response and request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

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
