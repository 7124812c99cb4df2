"""Addresses that belong to no floor: the gallery, which exists only while DEBUG is on."""

from django.urls import path

from core import views

app_name = "core"
urlpatterns = [path("components/", views.component_gallery, name="component_gallery")]
