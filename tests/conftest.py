"""How many examples the property tests try: `make soak` asks for many more."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("soak", max_examples=20_000, deadline=None)
settings.register_profile("default", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
