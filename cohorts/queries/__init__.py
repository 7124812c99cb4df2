"""Reads of the cohorts floor, one noun to a file."""
