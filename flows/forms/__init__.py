"""A form, the sheet that came back, every mistake in it, its figures and classes."""
