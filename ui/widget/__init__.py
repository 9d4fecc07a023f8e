"""The widget for other sites: its script in parts, its styles, and the size of it."""
