"""Addresses of the demonstration."""

from django.urls import path

from demo import views

app_name = "demo"

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in-as/", views.sign_in_as, name="sign_in_as"),
]
