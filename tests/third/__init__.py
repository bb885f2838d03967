"""An office of its own: SOP, form, and what is declared beside the product's own lines."""
