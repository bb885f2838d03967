"""Views and reports read from the rows."""
