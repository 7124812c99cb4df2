"""Addresses."""

from django.urls import path

from casework.views import case_file, funding, my_work, search

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
    path("funding/", funding.split_list, name="split_list"),
    path("funding/<uuid:pk>/", funding.split_detail, name="split_detail"),
    path("funding/<uuid:pk>/approve/", funding.split_approve, name="split_approve"),
    path("funding/<uuid:pk>/return/", funding.split_return, name="split_return"),
    path("funding/<uuid:pk>/answer/", funding.split_answer, name="split_answer"),
    path("funding/propose/<uuid:pk>/", funding.split_propose, name="split_propose"),
]
