"""Layout and styles of every sheet and form, and the templates that people open."""
