"""One person's case, a page for each side of it."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.decorators import read_view
from accounts.enums import Permission
from cohorts.models.cases import Case
from cohorts.queries.identity import identity


@read_view(Permission.VIEW_CASE)
def case_file(request, pk):
    cases = Case.objects.visible_to(request.user).select_related("patient", "detention")
    case = get_object_or_404(cases, pk=pk)
    context = {"case": case, "person": identity(case, timezone.localdate())}
    return render(request, "casework/case_file.html", context)
