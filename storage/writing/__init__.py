"""Decisions applied to the rows."""
