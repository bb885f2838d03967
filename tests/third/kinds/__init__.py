"""Kinds of act that the third SOP brings along."""
