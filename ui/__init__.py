"""Faces of the assistant: the command line and the web server with its plain pages."""
