"""The guided tour of both SOPs."""
