"""Workbooks written and compared."""
