"""A paper's way in: read -> clean -> outline -> mentions, passages -> quality -> library."""
