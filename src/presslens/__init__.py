"""Presslens: who speaks in the news, how it is framed and how it feels, with the evidence."""
