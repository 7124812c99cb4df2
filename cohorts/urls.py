"""Addresses of the register and its cohorts."""

from django.urls import path

from cohorts.views import register, rules

app_name = "cohorts"

urlpatterns = [
    path("register/", register.register, name="register"),
    path("register/coordinator/", register.coordinator_change, name="coordinator_change"),
    path("rules/", rules.rule_list, name="rule_list"),
    path("rules/cases/", rules.rule_cases, name="rule_cases"),
    path("rules/change/", rules.rule_edit, name="rule_edit"),
    path("rules/preview/", rules.rule_preview, name="rule_preview"),
    path("rules/use/", rules.rule_use, name="rule_use"),
    path("add/", rules.cohort_add, name="cohort_add"),
]
