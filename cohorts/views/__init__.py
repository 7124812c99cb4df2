"""Pages of the register and its cohorts, one noun a module."""
