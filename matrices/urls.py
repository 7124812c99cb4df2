"""Addresses of scoring."""

from django.urls import path

from matrices import views

app_name = "matrices"

urlpatterns = [
    path("start/<uuid:case_pk>/", views.assessment_start, name="assessment_start"),
    path("scores/<uuid:pk>/", views.assessment_detail, name="assessment_detail"),
    path("scores/<uuid:pk>/edit/", views.assessment_edit, name="assessment_edit"),
    path("scores/<uuid:pk>/draft/", views.assessment_draft, name="assessment_draft"),
    path("scores/<uuid:pk>/split/", views.assessment_split, name="assessment_split"),
]
