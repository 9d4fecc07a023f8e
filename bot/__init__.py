"""A question's way through: understand -> search -> choose evidence -> compose -> prove -> answer; the HTTP API."""
