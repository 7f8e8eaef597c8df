"""Framing: what the story is made to be about, by an editable codebook."""
