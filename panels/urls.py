"""Addresses."""

from django.urls import path

from panels.views import agenda, meetings, packs, panels

app_name = "panels"

urlpatterns = [
    path("", panels.panel_list, name="panel_list"),
    path("meetings/<uuid:pk>/", meetings.meeting_detail, name="meeting_detail"),
    path("meetings/<uuid:pk>/attendance/", meetings.attendance_take, name="attendance_take"),
    path("meetings/<uuid:pk>/close/", meetings.meeting_close, name="meeting_close"),
    path("meetings/<uuid:pk>/agenda/", agenda.agenda_build, name="agenda_build"),
    path("meetings/<uuid:pk>/agenda/fill/", agenda.agenda_fill, name="agenda_fill"),
    path("meetings/<uuid:pk>/agenda/order/", agenda.agenda_order, name="agenda_order"),
    path("meetings/<uuid:pk>/agenda/publish/", agenda.agenda_publish, name="agenda_publish"),
    path("meetings/<uuid:pk>/agenda/print/", agenda.agenda_print, name="agenda_print"),
    path("meetings/<uuid:pk>/agenda/pdf/", agenda.agenda_pdf, name="agenda_pdf"),
    path("meetings/<uuid:pk>/pack/", packs.pack_request, name="pack_request"),
    path("packs/<uuid:pk>/", packs.pack_download, name="pack_download"),
    path("items/<uuid:pk>/list/", agenda.item_list, name="item_list"),
    path("items/<uuid:pk>/move/", agenda.item_move, name="item_move"),
    path("items/<uuid:pk>/return/", agenda.item_return, name="item_return"),
    path("items/<uuid:pk>/withdraw/", agenda.item_withdraw, name="item_withdraw"),
    path("items/<uuid:pk>/decision/", meetings.decision_record, name="decision_record"),
    path("reviews/<uuid:pk>/submit/", agenda.item_submit, name="item_submit"),
]
