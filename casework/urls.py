"""Addresses."""

from django.urls import path

from casework.views import case_file, endings, funding, imports, my_work, search

app_name = "casework"

urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path("search/", search.search, name="search"),
    path("cases/<uuid:pk>/", case_file.case_file, name="case_file"),
    path("cases/<uuid:pk>/needs/", case_file.case_needs, name="case_needs"),
    path("cases/<uuid:pk>/reviews/", case_file.case_reviews, name="case_reviews"),
    path("cases/<uuid:pk>/funding/", case_file.case_funding, name="case_funding"),
    path("cases/<uuid:pk>/panel/", case_file.case_panel, name="case_panel"),
    path("cases/<uuid:pk>/detentions/", case_file.case_detentions, name="case_detentions"),
    path("cases/<uuid:pk>/timeline/", case_file.case_timeline, name="case_timeline"),
    path("cases/<uuid:pk>/seen/", case_file.case_seen, name="case_seen"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.import_upload, name="import_upload"),
    path("imports/<uuid:pk>/", imports.import_preview, name="import_preview"),
    path("imports/<uuid:pk>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<uuid:pk>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<uuid:pk>/confirm/", imports.import_confirm, name="import_confirm"),
    path("imports/<uuid:pk>/abandon/", imports.import_abandon, name="import_abandon"),
    path("imports/<uuid:pk>/file/", imports.import_file, name="import_file"),
    path("imports/<uuid:pk>/waiting/", imports.import_waiting, name="import_waiting"),
    path("imports/<uuid:pk>/rows/", imports.import_rows, name="import_rows"),
    path("imports/<uuid:pk>/rows/<int:number>/", imports.import_row, name="import_row"),
    path(
        "imports/<uuid:pk>/rows/<int:number>/leave-out/",
        imports.import_row_leave_out,
        name="import_row_leave_out",
    ),
    path("imports/<uuid:pk>/done/", imports.import_done, name="import_done"),
    path("funding/", funding.split_list, name="split_list"),
    path("funding/<uuid:pk>/", funding.split_detail, name="split_detail"),
    path("funding/<uuid:pk>/approve/", funding.split_approve, name="split_approve"),
    path("funding/<uuid:pk>/return/", funding.split_return, name="split_return"),
    path("funding/<uuid:pk>/answer/", funding.split_answer, name="split_answer"),
    path("funding/propose/<uuid:pk>/", funding.split_propose, name="split_propose"),
    path("endings/<uuid:pk>/", endings.ending_detail, name="ending_detail"),
    path("endings/<uuid:pk>/say/", endings.ending_say, name="ending_say"),
    path("endings/<uuid:pk>/goes-on/", endings.ending_withdraw, name="ending_withdraw"),
]
