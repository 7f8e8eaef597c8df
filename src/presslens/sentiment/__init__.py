"""Sentiment: the tone of sentences, and towards whom it goes."""
