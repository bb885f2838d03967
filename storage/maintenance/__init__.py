"""Migration, backup and rotation."""
