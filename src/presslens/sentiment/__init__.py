"""Sentiment: the tone of sentences, and towards whom it goes."""

from presslens.sentiment.sentences import sentence_compounds
from presslens.sentiment.targets import TargetSentiment, target_sentiment

__all__ = ["TargetSentiment", "sentence_compounds", "target_sentiment"]
