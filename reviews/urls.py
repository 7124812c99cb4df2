"""Addresses."""

from django.urls import path

from reviews.views import booking, reading, writing

app_name = "reviews"

urlpatterns = [
    path("", reading.review_list, name="review_list"),
    path("book/<uuid:case_pk>/", booking.review_book, name="review_book"),
    path("<uuid:pk>/", reading.review_detail, name="review_detail"),
    path("<uuid:pk>/held/", booking.review_held, name="review_held"),
    path("<uuid:pk>/write/", writing.review_write, name="review_write"),
    path("<uuid:pk>/draft/", writing.review_draft, name="review_draft"),
    path("<uuid:pk>/sums/", writing.review_sums, name="review_sums"),
    path("<uuid:pk>/check/", writing.review_check, name="review_check"),
    path("<uuid:pk>/cpa/", booking.review_cpa, name="review_cpa"),
    path("<uuid:pk>/not-completed/", booking.review_not_completed, name="review_not_completed"),
    path("<uuid:pk>/close/", booking.review_close, name="review_close"),
]
