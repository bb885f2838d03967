"""Papers, archives and guides prepared for sending."""
