"""Every write of the panels floor, one noun to a file."""
