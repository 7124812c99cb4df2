"""Addresses."""

from django.urls import path

from casework.views import funding

app_name = "casework"

urlpatterns = [
    path("funding/", funding.split_list, name="split_list"),
    path("funding/<uuid:pk>/", funding.split_detail, name="split_detail"),
    path("funding/<uuid:pk>/approve/", funding.split_approve, name="split_approve"),
    path("funding/<uuid:pk>/return/", funding.split_return, name="split_return"),
    path("funding/<uuid:pk>/answer/", funding.split_answer, name="split_answer"),
    path("funding/propose/<uuid:pk>/", funding.split_propose, name="split_propose"),
]
