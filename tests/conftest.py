"""What every test shares: properties are tried on the same cases each time, on any machine."""

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.load_profile("steady")
