"""How panels sit, order their cases and decide, as pure functions."""
