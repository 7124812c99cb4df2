"""Home: what waits for the person who is signed in."""

from django.shortcuts import render

from accounts.decorators import read_view
from accounts.enums import Permission


@read_view(Permission.HOME)
def my_work(request):
    return render(request, "casework/my_work.html", {"groups": []})
