"""Workbooks and papers: written and read in worker processes."""
