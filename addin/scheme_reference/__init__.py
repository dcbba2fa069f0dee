"""docs/schemes.md: all that a scheme file may hold, made of the model, of its Chinese texts and of tested examples."""
