"""Tables and how values are written in them."""
