"""The pages of the panels floor, one screen to a file."""
