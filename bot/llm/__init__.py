"""A language model beside the built-in way: it words answers and follow-ups, and nothing of it is shown that the papers do not prove."""
