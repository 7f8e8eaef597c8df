"""Attribution: statements, their speakers, and the voice of every word."""
