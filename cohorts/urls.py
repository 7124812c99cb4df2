"""Addresses of the register and its cohorts."""

from django.urls import path

from cohorts.views import register

app_name = "cohorts"

urlpatterns = [
    path("register/", register.register, name="register"),
]
