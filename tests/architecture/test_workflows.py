"""Every status table is complete, and every status can be reached."""

import pytest
from django.apps import apps

from core.workflow import HasWorkflow, IllegalTransition

WORKFLOWS = [m for m in apps.get_models() if issubclass(m, HasWorkflow)]


@pytest.mark.parametrize("model", WORKFLOWS, ids=lambda m: m.__name__)
def test_every_status_has_its_row_in_the_table(model):
    statuses = {value for value, _ in model._meta.get_field("status").choices}
    assert set(model.TRANSITIONS) == statuses


@pytest.mark.parametrize("model", WORKFLOWS, ids=lambda m: m.__name__)
def test_every_status_can_be_reached(model):
    start = model._meta.get_field("status").default
    reached, queue = {start}, [start]
    while queue:
        for status in model.TRANSITIONS[queue.pop()] - reached:
            reached.add(status)
            queue.append(status)
    assert reached == set(model.TRANSITIONS)


@pytest.mark.parametrize("model", WORKFLOWS, ids=lambda m: m.__name__)
def test_no_step_is_taken_that_the_table_does_not_hold(model):
    for status in model.TRANSITIONS:
        row = model(status=status)
        with pytest.raises(IllegalTransition):
            row.become(status)
