"""Reads of the panels floor, one screen or paper to a file."""
