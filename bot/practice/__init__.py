"""/latihan: a small office in one person's chat."""
