"""Updates received, files fetched, workbooks read."""
