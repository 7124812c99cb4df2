"""The rules of entitlement, cohorts and register reading, as pure functions."""
